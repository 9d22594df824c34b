import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount } from "../shapes.js";

/** Part of a receipt was allocated to the order; received is the sum so far. */
export const orderPaymentRecorded = Contract.of("order.payment.recorded", "gendan.orders").version(
  z.object({ orderId: id, receiptId: id, amount, received: amount }),
);
export type OrderPaymentRecorded = DataOf<typeof orderPaymentRecorded>;
