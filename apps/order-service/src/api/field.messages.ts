// What people are told of faults in what they gave, of orders and receipts alike.
import type { Messages } from "@gendan/service-kit";
import type { Incomplete } from "../domain/order/order.refusals.js";
import type { ApiRefusal } from "./carry-out.js";

const said = (value: string | undefined): string => (value === undefined || value === "" ? "" : ` (${value})`);
const zhSaid = (value: string | undefined): string => (value === undefined || value === "" ? "" : `（${value}）`);

/** A text that names the field and what stands there. */
const at = (en: string, zh: string) => ({
  en: ({ field, value }: { readonly field: string; readonly value?: string }) => `${field}: ${en}${said(value)}.`,
  zh: ({ field, value }: { readonly field: string; readonly value?: string }) => `${field}：${zh}${zhSaid(value)}。`,
});

export const envelopeMessages: Messages<ApiRefusal> = {
  NOT_FOUND: {
    en: ({ id }) => `There is no ${id} that you can see.`,
    zh: ({ id }) => `找不到 ${id}，或您无权查看。`,
  },
  SUBJECT_ERASED: {
    en: () => "The person whom this is about was erased for good: leave out what is personal.",
    zh: () => "当事人的个人数据已永久抹除，请去掉个人信息后重试。",
  },
  BACKDATE_RIGHT_NEEDED: {
    en: ({ field }) => `Only who may backdate gives ${field}.`,
    zh: ({ field }) => `只有具备补录权限的用户才能填写 ${field}。`,
  },
};

export const fieldMessages: Messages<Incomplete> = {
  ID_INVALID: at("this is no UUID in lower case", "不是小写的 UUID"),
  CUSTOMER_MISSING: at("the order needs a customer", "必须填写客户"),
  CURRENCY_INVALID: at("a currency is an ISO 4217 code such as CNY", "币种应为 ISO 4217 代码，如 CNY"),
  CURRENCY_MIXED: at("an order has one currency", "一张订单只能有一种币种"),
  ZONE_UNKNOWN: at("a time zone is an IANA name such as Asia/Shanghai", "时区应为 IANA 名称，如 Asia/Shanghai"),
  DEPARTMENT_INVALID: at("a department is a path such as cn/east/sales", "部门应为路径，如 cn/east/sales"),
  DEPARTMENT_OUT_OF_SCOPE: at("this department lies outside of yours", "该部门不在您的数据权限内"),
  ACCEPTANCE_DAYS_INVALID: at("from 0 to 365 days", "天数应为 0 到 365"),
  INCOTERM_UNKNOWN: at("this is no Incoterm of 2020", "不是 Incoterms 2020 的术语"),
  LINES_MISSING: at("the order needs a line", "订单至少要有一行"),
  DUPLICATE_LINE: at("another line has this id", "行号重复"),
  DUPLICATE_SCHEDULE: at("another schedule of the line has this id", "交货计划行号重复"),
  DUPLICATE_REFERENCE: at("a system knows the order by one number", "每个系统只能有一个单号"),
  REFERENCE_TAKEN: at("another order has this number", "该单号已属于另一张订单"),
  DUPLICATE_FIELD: at("another field has this name", "字段名重复"),
  FIELD_VALUE_INVALID: at("a string, a number or a boolean is needed", "值应为文本、数字或布尔值"),
  FIELD_REQUIRED: at("a rule of the installation asks for this", "按本单位规则，此项必填"),
  FIELD_UNKNOWN: at("no such custom field is defined", "未定义此自定义字段"),
  FIELD_TYPE: at("the value is not of the field's type", "值与自定义字段的类型不符"),
  TEXT_MISSING: at("this must not be empty", "不能为空"),
  TEXT_TOO_LONG: at("this is too long", "内容过长"),
  TOO_MANY: at("these are too many", "数量过多"),
  QUANTITY_NOT_POSITIVE: at("a quantity above nothing is needed, of at most six places", "数量应大于零，最多六位小数"),
  SCHEDULE_QUANTITIES_DIFFER: at("the schedules do not add up to the line", "交货计划行数量之和与订单行不符"),
  CONVERSION_INVALID: at(
    "a conversion is a ratio of whole numbers from 1 to 1,000,000,000",
    "换算率应为 1 到 1,000,000,000 的整数之比",
  ),
  DUPLICATE_CELL: at("another cell has this colour and size", "颜色尺码组合重复"),
  MATRIX_QUANTITIES_DIFFER: at("the colours and sizes do not add up to the line", "颜色尺码数量之和与订单行不符"),
  PRICE_INVALID: at("an amount in minor units, of at least nothing, is needed", "金额应为不小于零的最小货币单位整数"),
  AMOUNT_TOO_LARGE: at("this is more than can be counted", "数值过大"),
  TOLERANCE_INVALID: at("a percentage from 0 to 100 is needed", "溢短装比例应为 0 到 100"),
  DATE_TOO_EARLY: at("this day is too early", "日期过早"),
  DATE_TOO_LATE: at("this day is too late", "日期过晚"),
  UNIT_NOT_ALLOWED: at("this unit is not allowed here", "不允许使用该单位"),
  QUANTITY_BELOW_MINIMUM: at("this is below the minimum quantity", "低于最小订购数量"),
  PRICE_OUT_OF_BAND: at("this price lies outside of the band", "价格超出允许范围"),
  DATE_FUTURE: at("this day is still to come", "该日期尚未到来"),
  DATE_PAST: at("this day has passed", "该日期已过"),
  MILESTONE_SHARE_MISSING: at(
    "a percent or an amount is needed; the last alone may be the rest",
    "应填写百分比或金额；只有最后一个节点可为余额",
  ),
  MILESTONE_SHARE_TWICE: at("a percent or an amount, one of them", "百分比与金额只能填一个"),
  MILESTONES_DO_NOT_SUM: at("the milestones do not sum to the order's total", "各回款节点之和与订单总额不符"),
  MILESTONE_START_UNKNOWN: at("this starts no milestone", "不是回款节点的起算点"),
  DUPLICATE_MILESTONE: at("another milestone has this id", "回款节点编号重复"),
  PERCENT_INVALID: at("a percentage above 0, up to 100, is needed", "百分比应大于 0 且不超过 100"),
  AMOUNT_NOT_POSITIVE: at("an amount above nothing is needed", "金额应大于零"),
  DAYS_INVALID: at("from 0 to 730 days", "天数应为 0 到 730"),
  SHARE_WITH_ONE: at("share with a person or with a department, one of them", "共享对象应为人员或部门，二者取其一"),
  DATE_INVALID: at("a calendar day such as 2026-11-23 is needed", "日期格式应为 2026-11-23"),
};
