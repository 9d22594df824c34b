import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, oneOf, text } from "../shapes.js";

export const orderScheduleRepromised = Contract.of("order.schedule.repromised", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A promised day was changed, for a reason and at somebody's wish.",
  zh: "承诺日期因某一原因、应某一方要求而改期。",
}).version(
  z.object({
    orderId: id,
    lineId: text,
    scheduleId: text,
    from: day,
    to: day,
    reason: text,
    askedBy: oneOf("customer", "us", "supplier", "carrier", "forceMajeure"),
  }),
  {
    orderId: the.order,
    lineId: "1",
    scheduleId: "1",
    from: "2027-01-31",
    to: "2027-02-05",
    reason: "material-late",
    askedBy: "supplier",
  },
);
export type OrderScheduleRepromised = DataOf<typeof orderScheduleRepromised>;
