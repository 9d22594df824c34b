import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, text } from "../shapes.js";

export const orderDateAgreed = Contract.of("order.date.agreed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The customer accepts a day for a schedule; from is the one accepted before.",
  zh: "客户认可某一交货计划行的日期；from 为此前认可的日期。",
}).version(z.object({ orderId: id, lineId: text, scheduleId: text, agreedOn: day, from: day.optional() }), {
  orderId: the.order,
  lineId: "1",
  scheduleId: "1",
  agreedOn: "2027-02-03",
  from: "2027-01-31",
});
export type OrderDateAgreed = DataOf<typeof orderDateAgreed>;
