import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, quantity, text } from "../shapes.js";

export const orderScheduleBackordered = Contract.of("order.schedule.backordered", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "What is open of a delivery schedule became a schedule of its own, promised for another day.",
  zh: "交货计划行的未交部分另立为新的计划行，并有单独的承诺交期。",
}).version(
  z.object({
    orderId: id,
    lineId: text,
    /** The schedule that has so much less now. */
    scheduleId: text,
    /** The new one. */
    backorder: z.object({ scheduleId: text, quantity, requestedOn: day.optional(), promisedOn: day }),
    reason: text,
  }),
  {
    orderId: the.order,
    lineId: "1",
    scheduleId: "1",
    backorder: { scheduleId: "1.1", quantity: "20", requestedOn: "2027-01-31", promisedOn: "2027-02-15" },
    reason: "material-late",
  },
);
export type OrderScheduleBackordered = DataOf<typeof orderScheduleBackordered>;
