import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, extent, id, instant, part } from "../shapes.js";

export const orderReturnReceived = Contract.of("order.return.received", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order came back from the customer; returned is how much of what was delivered.",
  zh: "客户退回的货物已收到；returned 为已交货物中退回的程度。",
}).version(
  z.object({
    orderId: id,
    returnId: id,
    lines: z.array(part),
    receivedAt: instant,
    returned: extent,
    breaches: z.array(breach),
  }),
  {
    orderId: the.order,
    returnId: the.return,
    lines: [{ ...the.part, quantity: "4" }],
    receivedAt: "2027-02-20T06:00:00.000Z",
    returned: "Partial",
    breaches: [],
  },
);
export type OrderReturnReceived = DataOf<typeof orderReturnReceived>;
