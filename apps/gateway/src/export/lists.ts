// What is exported: every list of the graph, an entry each, with the columns that people read and their names in both languages.
import {
  dateColumn,
  flagColumn,
  moneyColumn,
  numberColumn,
  textColumn,
  timeColumn,
  type Column,
  type Table,
} from "./column.js";

export interface ExportedList extends Table {
  /** The query's field; the entry's own name when absent. */
  readonly field?: string;
  /** Lists within a row, one in the other, that make a row for each of their elements. */
  readonly each?: readonly string[];
}

/** Last in every table: what a row is, so that it can come back. */
const identity: readonly Column[] = [textColumn("id", "Id", "内部标识"), textColumn("revision", "Revision", "版本号")];

const orders: ExportedList = {
  label: { en: "Orders", zh: "订单" },
  columns: [
    textColumn("number", "Order", "订单号"),
    textColumn("customer.number", "Customer number", "客户编号"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("sourceReference", "Source reference", "来源单号"),
    textColumn("channel", "Channel", "渠道"),
    textColumn("lifecycle", "Lifecycle", "订单状态"),
    textColumn("shipping", "Shipping", "发运"),
    textColumn("delivery", "Delivery", "交货"),
    textColumn("returned", "Returned", "退货"),
    textColumn("payment", "Payment", "回款"),
    textColumn("holds.hold", "Holds", "冻结"),
    flagColumn("late", "Late", "逾期"),
    dateColumn("dueOn", "Due", "交期"),
    dateColumn("receivedOn", "Received", "接单日期"),
    timeColumn("confirmedAt", "Confirmed (UTC)", "确认时间（UTC）"),
    dateColumn("deliveredOn", "Delivered", "交货日期"),
    moneyColumn("amount", "Amount", "金额"),
    moneyColumn("freight", "Freight", "运费"),
    moneyColumn("total", "Total", "合计"),
    textColumn("currency", "Currency", "币种"),
    textColumn("paymentTerms", "Payment terms", "付款条件"),
    textColumn("incoterm.code", "Incoterm", "贸易术语"),
    textColumn("incoterm.place", "Incoterm place", "贸易术语地点"),
    textColumn("deliveryPoint.name", "Delivery point", "交货地点"),
    textColumn("deliveryPoint.country", "Country", "国家"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    textColumn("enteredBy", "Entered by", "录入人"),
    ...identity,
  ],
};

const orderLines: ExportedList = {
  field: "orders",
  each: ["lines", "schedules"],
  label: { en: "Order lines", zh: "订单行" },
  columns: [
    textColumn("number", "Order", "订单号"),
    textColumn("lines.lineId", "Line", "行号"),
    textColumn("lines.schedules.scheduleId", "Schedule", "交货计划"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("lines.sku", "Item", "物料号"),
    textColumn("lines.customerSku", "Customer item", "客户物料号"),
    textColumn("lines.revision", "Item revision", "物料版本"),
    textColumn("lines.description", "Description", "描述"),
    textColumn("lines.unit", "Unit", "单位"),
    numberColumn("lines.schedules.quantity", "Quantity", "数量"),
    dateColumn("lines.schedules.requestedOn", "Requested", "要求交期"),
    dateColumn("lines.schedules.promisedOn", "Promised", "承诺交期"),
    numberColumn("lines.schedules.allocated", "Allocated", "已分配"),
    numberColumn("lines.schedules.shipped", "Shipped", "已发运"),
    numberColumn("lines.schedules.delivered", "Delivered", "已交货"),
    moneyColumn("lines.unitPrice", "Unit price", "单价"),
    textColumn("currency", "Currency", "币种"),
    textColumn("lifecycle", "Lifecycle", "订单状态"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

const shipments: ExportedList = {
  label: { en: "Shipments", zh: "发运单" },
  columns: [
    textColumn("number", "Shipment", "发运单号"),
    textColumn("orders.order.number", "Orders", "订单号"),
    textColumn("state", "State", "状态"),
    textColumn("mode", "Mode", "运输方式"),
    textColumn("carrier", "Carrier", "承运商"),
    textColumn("service", "Service", "承运商服务"),
    textColumn("bookingReference", "Booking", "订舱号"),
    textColumn("packages.trackingNumber", "Tracking numbers", "运单号"),
    textColumn("shipFrom", "Ships from", "发货地"),
    dateColumn("plannedShipOn", "Planned", "计划发运日期"),
    timeColumn("dispatchedAt", "Dispatched (UTC)", "发运时间（UTC）"),
    timeColumn("eta", "ETA (UTC)", "预计到达（UTC）"),
    timeColumn("deliveredAt", "Delivered (UTC)", "送达时间（UTC）"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

const cases: ExportedList = {
  label: { en: "Cases", zh: "服务单" },
  columns: [
    textColumn("number", "Case", "服务单号"),
    textColumn("kind", "Kind", "类型"),
    textColumn("subject", "Subject", "主题"),
    textColumn("priority", "Priority", "优先级"),
    textColumn("state", "State", "状态"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("order.number", "Order", "订单号"),
    textColumn("shipment.number", "Shipment", "发运单号"),
    timeColumn("openedAt", "Opened (UTC)", "登记时间（UTC）"),
    timeColumn("firstAnsweredAt", "First answer (UTC)", "首次答复（UTC）"),
    timeColumn("closedAt", "Closed (UTC)", "关闭时间（UTC）"),
    textColumn("outcome", "Outcome", "结果"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

const issues: ExportedList = {
  label: { en: "Issues", zh: "问题" },
  columns: [
    textColumn("number", "Issue", "问题编号"),
    textColumn("title", "Title", "标题"),
    textColumn("severity", "Severity", "严重程度"),
    textColumn("state", "State", "状态"),
    textColumn("rule", "Rule", "规则"),
    textColumn("cause", "Cause", "原因"),
    textColumn("responsibleParty", "Responsible", "责任方"),
    textColumn("order.number", "Order", "订单号"),
    textColumn("shipment.number", "Shipment", "发运单号"),
    textColumn("customer.name", "Customer", "客户"),
    dateColumn("openedOn", "Opened", "发现日期"),
    timeColumn("resolvedAt", "Resolved (UTC)", "解决时间（UTC）"),
    timeColumn("closedAt", "Closed (UTC)", "关闭时间（UTC）"),
    textColumn("owner", "Owner", "处理人"),
    textColumn("department", "Department", "部门"),
    ...identity,
  ],
};

const customers: ExportedList = {
  label: { en: "Customers", zh: "客户" },
  columns: [
    textColumn("number", "Customer number", "客户编号"),
    textColumn("name", "Customer", "客户"),
    textColumn("kind", "Kind", "类型"),
    textColumn("country", "Country", "国家"),
    textColumn("region", "Region", "地区"),
    textColumn("language", "Language", "语言"),
    textColumn("terms", "Payment terms", "付款条件"),
    textColumn("phone", "Phone", "电话"),
    textColumn("mail", "Mail", "邮箱"),
    textColumn("address", "Address", "地址"),
    timeColumn("registeredAt", "Registered (UTC)", "登记时间（UTC）"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

const quotations: ExportedList = {
  label: { en: "Quotations", zh: "报价单" },
  columns: [
    textColumn("number", "Quotation", "报价单号"),
    numberColumn("version", "Version", "版本"),
    textColumn("customer.number", "Customer number", "客户编号"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("lifecycle", "Lifecycle", "报价单状态"),
    timeColumn("draftedAt", "Drafted (UTC)", "起草时间（UTC）"),
    dateColumn("validUntil", "Valid until", "有效期至"),
    moneyColumn("amount", "Amount", "金额"),
    moneyColumn("freight", "Freight", "运费"),
    textColumn("currency", "Currency", "币种"),
    textColumn("paymentTerms", "Payment terms", "付款条件"),
    textColumn("versions.answer.order.number", "Orders", "订单号"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    textColumn("draftedBy", "Drafted by", "起草人"),
    ...identity,
  ],
};

const discrepancies: ExportedList = {
  label: { en: "Discrepancies", zh: "差异" },
  columns: [
    textColumn("order.number", "Order", "订单号"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("discrepancy.lineId", "Line", "行号"),
    textColumn("sku", "Item", "物料号"),
    textColumn("discrepancy.aspect", "Aspect", "差异项"),
    textColumn("discrepancy.comparedWith", "Compared with", "比对对象"),
    textColumn("discrepancy.document", "Document", "单据"),
    textColumn("discrepancy.ours", "Ours", "订单内容"),
    textColumn("discrepancy.theirs", "Theirs", "单据内容"),
    textColumn("status", "Status", "状态"),
    timeColumn("discrepancy.recordedAt", "Recorded (UTC)", "登记时间（UTC）"),
    textColumn("discrepancy.recordedBy", "Recorded by", "登记人"),
    textColumn("discrepancy.resolution.outcome", "Outcome", "处理结果"),
    textColumn("discrepancy.waiver.reason", "Waived for", "特批原因"),
    textColumn("discrepancy.waiver.waivedBy", "Waived by", "特批人"),
    textColumn("id", "Id", "内部标识"),
  ],
};

const invoices: ExportedList = {
  label: { en: "Invoices", zh: "发票" },
  columns: [
    textColumn("number", "Invoice", "发票号"),
    textColumn("order.number", "Order", "订单号"),
    textColumn("customer.name", "Customer", "客户"),
    dateColumn("issuedOn", "Issued", "开票日期"),
    dateColumn("dueOn", "Due", "到期日"),
    moneyColumn("amount", "Amount", "金额"),
    moneyColumn("settled", "Settled", "已结"),
    moneyColumn("open", "Open", "未付"),
    textColumn("amount.currency", "Currency", "币种"),
    flagColumn("overdue", "Overdue", "逾期"),
    moneyColumn("disputed", "Disputed", "争议金额"),
    dateColumn("promisedUntil", "Promised until", "承诺付款日"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

const receipts: ExportedList = {
  label: { en: "Receipts", zh: "收款单" },
  columns: [
    textColumn("number", "Receipt", "收款单号"),
    textColumn("customer.name", "Customer", "客户"),
    timeColumn("receivedAt", "Received (UTC)", "收款时间（UTC）"),
    moneyColumn("amount", "Amount", "金额"),
    moneyColumn("unallocated", "Unallocated", "未核销"),
    textColumn("amount.currency", "Currency", "币种"),
    textColumn("method", "Method", "收款方式"),
    textColumn("reference", "Reference", "付款参考号"),
    flagColumn("disputed", "Disputed", "存疑"),
    textColumn("allocations.order.number", "Orders", "订单号"),
    textColumn("department", "Department", "部门"),
    textColumn("recordedBy", "Recorded by", "登记人"),
    ...identity,
  ],
};

const promises: ExportedList = {
  label: { en: "Promises", zh: "交期承诺" },
  columns: [
    textColumn("order.number", "Order", "订单号"),
    textColumn("lineId", "Line", "行号"),
    textColumn("scheduleId", "Schedule", "交货计划"),
    textColumn("sku", "Item", "物料号"),
    textColumn("customer.name", "Customer", "客户"),
    textColumn("kind", "Kind", "类型"),
    dateColumn("promisedOn", "Promised", "承诺交期"),
    timeColumn("toldAt", "Told (UTC)", "告知时间（UTC）"),
    textColumn("toldBy", "Told by", "告知人"),
    textColumn("askedBy", "Asked by", "提出方"),
    textColumn("reason", "Reason", "原因"),
    textColumn("status", "Status", "状态"),
    dateColumn("deliveredOn", "Delivered", "交货日期"),
    numberColumn("daysLate", "Days late", "逾期天数"),
    flagColumn("kept", "Kept", "是否兑现"),
    textColumn("id", "Id", "内部标识"),
  ],
};

const myApprovals: ExportedList = {
  label: { en: "My approvals", zh: "待我审批" },
  columns: [
    textColumn("order.number", "Order", "订单号"),
    textColumn("order.customer.name", "Customer", "客户"),
    moneyColumn("order.total", "Total", "合计"),
    textColumn("order.currency", "Currency", "币种"),
    textColumn("order.department", "Department", "部门"),
    textColumn("order.id", "Id", "内部标识"),
  ],
};

const about: readonly Column[] = [
  textColumn("order.number", "Order", "订单号"),
  textColumn("shipment.number", "Shipment", "发运单号"),
  textColumn("case.number", "Case", "服务单号"),
  textColumn("issue.number", "Issue", "问题编号"),
];

const myWork: ExportedList = {
  label: { en: "My work", zh: "我的待办" },
  columns: [textColumn("of", "Kind", "类型"), ...about, timeColumn("since", "Since (UTC)", "起始（UTC）"), ...identity],
};

const notifications: ExportedList = {
  label: { en: "Notifications", zh: "通知" },
  columns: [
    timeColumn("at", "At (UTC)", "时间（UTC）"),
    textColumn("kind", "Kind", "类型"),
    textColumn("text", "Text", "内容"),
    ...about,
    textColumn("id", "Id", "内部标识"),
  ],
};

/** By the name in the address: GET /export/orders.csv. A list of the schema without an entry fails lists.spec.ts. */
export const exportedLists: Readonly<Record<string, ExportedList>> = {
  quotations,
  discrepancies,
  orders,
  "order-lines": orderLines,
  shipments,
  invoices,
  receipts,
  customers,
  cases,
  issues,
  promises,
  shippedNotInvoiced: { ...orders, label: { en: "Shipped, not invoiced", zh: "已发运未开票" } },
  myApprovals,
  myWork,
  notifications,
};
