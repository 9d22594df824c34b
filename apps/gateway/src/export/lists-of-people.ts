// Lists of customers and what is done for them, and of who looks: their work, what they are told.
import { dateColumn, fieldsColumn, textColumn, timeColumn, type Column } from "./column.js";
import { identity, type ExportedList } from "./exported-list.js";

const about: readonly Column[] = [
  textColumn("order.number", "Order", "订单号"),
  textColumn("shipment.number", "Shipment", "发运单号"),
  textColumn("case.number", "Case", "服务单号"),
  textColumn("issue.number", "Issue", "问题编号"),
];

export const customers: ExportedList = {
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
    fieldsColumn("customFields", "Custom fields", "自定义字段"),
    timeColumn("registeredAt", "Registered (UTC)", "登记时间（UTC）"),
    textColumn("department", "Department", "部门"),
    textColumn("assignee", "Assignee", "负责人"),
    ...identity,
  ],
};

export const cases: ExportedList = {
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

export const issues: ExportedList = {
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

export const myWork: ExportedList = {
  label: { en: "My work", zh: "我的待办" },
  columns: [textColumn("of", "Kind", "类型"), ...about, timeColumn("since", "Since (UTC)", "起始（UTC）"), ...identity],
};

export const notifications: ExportedList = {
  label: { en: "Notifications", zh: "通知" },
  columns: [
    timeColumn("at", "At (UTC)", "时间（UTC）"),
    textColumn("kind", "Kind", "类型"),
    textColumn("text", "Text", "内容"),
    ...about,
    textColumn("id", "Id", "内部标识"),
  ],
};
