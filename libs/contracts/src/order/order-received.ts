import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import {
  amount,
  day,
  detailedOrderLine,
  id,
  instant,
  oneOfSoFar,
  orderLine,
  personId,
  scope,
  text,
} from "../shapes.js";

const data = {
  orderId: id,
  number: text,
  channel: oneOfSoFar("portal", "sales", "api", "mail", "import"),
  sourceReference: text.optional(),
  customerId: personId,
  currency: text,
  zone: text,
  receivedAt: instant,
  /** The calendar day of receivedAt in the order's zone. */
  receivedOn: day,
  lines: z.array(orderLine),
  amount,
  freight: amount,
  ...scope,
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  number: "SO-2026-000001",
  channel: "mail",
  sourceReference: "PO-4711",
  customerId: the.customer,
  currency: "EUR",
  zone: "Europe/Berlin",
  receivedAt: "2026-11-23T10:00:00.000Z",
  receivedOn: "2026-11-23",
  lines: [the.line],
  amount: the.total,
  freight: the.nothing,
  ...the.scope,
};

export const orderReceived = Contract.of("order.received", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A customer's order was taken in; nothing is promised yet.",
  zh: "收到一份客户订单，尚未作任何承诺。",
})
  .version(z.object(data), example)
  // What lines say of the goods.
  .version(
    z.object({ ...data, lines: z.array(detailedOrderLine) }),
    { ...example, lines: [the.detailedLine] },
    (v1) => v1,
  )
  // Until when it is to be verified, where the rules say so.
  .version(
    z.object({ ...data, lines: z.array(detailedOrderLine), verifyDueAt: instant.optional() }),
    { ...example, lines: [the.detailedLine], verifyDueAt: "2026-11-23T14:00:00.000Z" },
    (v2) => v2,
  );
export type OrderReceived = DataOf<typeof orderReceived>;
