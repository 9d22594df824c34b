import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, text } from "../shapes.js";

export const orderReplyOverridden = Contract.of("order.reply.overridden", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Somebody lets a schedule be promised for this day or a later one, whatever the departments answered.",
  zh: "有权人特批该交货计划行可承诺此日期或更晚日期，不受部门答复限制。",
}).version(
  z.object({
    orderId: id,
    lineId: text,
    scheduleId: text,
    promisedOn: day,
    reason: text,
  }),
  { orderId: the.order, lineId: "1", scheduleId: "1", promisedOn: "2027-01-25", reason: "key customer" },
);
export type OrderReplyOverridden = DataOf<typeof orderReplyOverridden>;
