import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, extent, givenUp } from "../shapes.js";

const data = {
  ...givenUp,
  /** The version of the tolerance rules that decided it; absent: a person did. */
  rules: count.optional(),
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  lines: [{ ...the.part, quantity: "3" }],
  less: { minor: "5997", currency: "EUR" },
  delivery: "Full",
  reason: "tolerance",
  rules: 2,
};

export const orderScheduleShortClosed = Contract.of("order.schedule.short.closed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The tail of a delivery schedule was given up: nothing more of it is delivered.",
  zh: "交货计划行的尾数已短结，不再交货。",
})
  .version(z.object(data), example)
  // How much is handed over, where the Incoterm makes that the delivery that dates are measured by.
  .version(z.object({ ...data, handedOver: extent.optional() }), { ...example, handedOver: "Full" }, (v1) => v1);
export type OrderScheduleShortClosed = DataOf<typeof orderScheduleShortClosed>;
