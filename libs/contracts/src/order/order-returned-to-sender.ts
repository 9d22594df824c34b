import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, id, instant, part } from "../shapes.js";

export const orderReturnedToSender = Contract.of("order.returned.to.sender", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order came back without having reached the customer; they are open again.",
  zh: "订单的货物未送达客户而退回发货方，重新成为未交数量。",
}).version(
  z.object({ orderId: id, shipmentId: id, lines: z.array(part), returnedAt: instant, breaches: z.array(breach) }),
  {
    orderId: the.order,
    shipmentId: the.shipment,
    lines: [the.part],
    returnedAt: "2027-02-03T06:00:00.000Z",
    breaches: [],
  },
);
export type OrderReturnedToSender = DataOf<typeof orderReturnedToSender>;
