// What stands on papers in one language: labels, amounts, quantities.
import { minorDigits } from "@gendan/eventing";
import type { Language, Text } from "@gendan/service-kit";
import { majorOf } from "../export/column.js";

export interface Money {
  readonly minor: string;
  readonly currency: string;
}

const words = {
  orderConfirmation: { en: "ORDER CONFIRMATION", zh: "订单确认书" },
  proformaInvoice: { en: "PROFORMA INVOICE", zh: "形式发票" },
  commercialInvoice: { en: "COMMERCIAL INVOICE", zh: "商业发票" },
  packingList: { en: "PACKING LIST", zh: "装箱单" },
  invoice: { en: "Invoice", zh: "发票号" },
  dueOn: { en: "Due", zh: "付款到期日" },
  order: { en: "Order", zh: "订单号" },
  orders: { en: "Orders", zh: "订单" },
  yourReference: { en: "Your reference", zh: "贵方单号" },
  date: { en: "Date", zh: "日期" },
  paymentTerms: { en: "Payment terms", zh: "付款条件" },
  incoterm: { en: "Terms of delivery", zh: "贸易术语" },
  currency: { en: "Currency", zh: "币种" },
  contactPerson: { en: "Our contact", zh: "联系人" },
  customer: { en: "Customer", zh: "客户" },
  deliverTo: { en: "Deliver to", zh: "收货地" },
  line: { en: "No.", zh: "序号" },
  item: { en: "Item", zh: "物料号" },
  yourItem: { en: "Your item", zh: "贵方物料号" },
  description: { en: "Description", zh: "品名描述" },
  quantity: { en: "Quantity", zh: "数量" },
  unit: { en: "Unit", zh: "单位" },
  unitPrice: { en: "Unit price", zh: "单价" },
  amount: { en: "Amount", zh: "金额" },
  promised: { en: "Delivery", zh: "交期" },
  subtotal: { en: "Goods", zh: "货款" },
  freight: { en: "Freight", zh: "运费" },
  total: { en: "TOTAL", zh: "合计" },
  shipment: { en: "Shipment", zh: "发运单号" },
  mode: { en: "Mode", zh: "运输方式" },
  carrier: { en: "Carrier", zh: "承运商" },
  trackingNumbers: { en: "Tracking numbers", zh: "运单号" },
  shipDate: { en: "Ship date", zh: "发运日期" },
  packages: { en: "Packages", zh: "件数" },
  package: { en: "Package", zh: "箱号" },
  packaging: { en: "Packaging", zh: "包装" },
  shippingMark: { en: "Shipping mark", zh: "唛头" },
  grossWeight: { en: "Gross weight (kg)", zh: "毛重（千克）" },
  totalQuantity: { en: "Total", zh: "总数量" },
  seller: { en: "For the seller", zh: "卖方签章" },
  buyer: { en: "For the buyer", zh: "买方签章" },
  packedBy: { en: "Packed by", zh: "装箱人" },
  checkedBy: { en: "Checked by", zh: "复核人" },
  proformaNote: {
    en: "This proforma invoice is an offer of the above; it is no demand for payment and no tax invoice.",
    zh: "本形式发票仅供报价及付款安排参考，不作为正式发票。",
  },
  freightWithin: {
    en: "Amounts of lines are with their part of the freight.",
    zh: "各行金额含分摊的运费。",
  },
  statement: { en: "STATEMENT OF ACCOUNT", zh: "对账单" },
  preliminaryStatement: { en: "STATEMENT OF ACCOUNT (PRELIMINARY)", zh: "对账单（未确认）" },
  month: { en: "Month", zh: "月份" },
  movement: { en: "Movement", zh: "业务" },
  documentNumber: { en: "Document", zh: "单据号" },
  balance: { en: "Balance", zh: "余额" },
  opening: { en: "Opening", zh: "期初余额" },
  invoiced: { en: "Invoiced", zh: "本期开票" },
  credited: { en: "Credited", zh: "本期贷记" },
  received: { en: "Received", zh: "本期收款" },
  refunded: { en: "Refunded", zh: "本期退款" },
  writtenOff: { en: "Written off", zh: "本期核销" },
  exchanged: { en: "Exchanged", zh: "换汇结算" },
  closing: { en: "CLOSING", zh: "期末余额" },
  pageOf: { en: "Page {page} of {pages}", zh: "第 {page} 页，共 {pages} 页" },
} as const satisfies Readonly<Record<string, Text>>;

export class Words {
  constructor(readonly language: Language) {}

  say(word: keyof typeof words): string {
    return words[word][this.language];
  }

  /** With the currency's places and groups of thousands: 1,234.50. Exact, however large. */
  amount(money: Money): string {
    const places = minorDigits(money.currency);
    const format = new Intl.NumberFormat(this.language, {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    return format.format(majorOf(money) as Intl.StringNumericLiteral);
  }

  /** With the currency: EUR 1,234.50. */
  sum(money: Money): string {
    return `${money.currency} ${this.amount(money)}`;
  }

  quantity(quantity: string): string {
    const format = new Intl.NumberFormat(this.language, { maximumFractionDigits: 6 });
    return format.format(quantity as Intl.StringNumericLiteral);
  }
}

/** Those that say something, in their order. */
export const said = (...texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text): text is string => text != null && text.trim() !== "");
