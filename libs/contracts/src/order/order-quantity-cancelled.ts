import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { extent, givenUp, oneOf } from "../shapes.js";

const data = {
  ...givenUp,
  /** What we cancel counts as not delivered; what the customer cancels in time does not count. */
  cancelledBy: oneOf("customer", "us"),
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  lines: [{ ...the.part, quantity: "20" }],
  less: { minor: "39980", currency: "EUR" },
  delivery: "Partial",
  reason: "no-longer-needed",
  cancelledBy: "customer",
};

export const orderQuantityCancelled = Contract.of("order.quantity.cancelled", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A part of the order that had not left is not delivered; the rest goes on.",
  zh: "订单中尚未发出的一部分被取消，其余照常执行。",
})
  .version(z.object(data), example)
  // How much is handed over, where the Incoterm makes that the delivery that dates are measured by.
  .version(z.object({ ...data, handedOver: extent.optional() }), { ...example, handedOver: "Full" }, (v1) => v1);
export type OrderQuantityCancelled = DataOf<typeof orderQuantityCancelled>;
