import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, count, day, extent, flag, id, instant, part, personId, scope } from "../shapes.js";

export const orderDelivered = Contract.of("order.delivered", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order arrived; late is by calendar day in the order's zone against the latest promise.",
  zh: "订单的货物已送达；是否逾期按订单时区的日历日与最新承诺比较。",
}).version(
  z.object({
    orderId: id,
    customerId: personId.optional(),
    shipmentId: id,
    lines: z.array(part.extend({ promisedOn: day.optional(), lateDays: count })),
    deliveredAt: instant,
    deliveredOn: day,
    delivery: extent,
    late: flag,
    breaches: z.array(breach),
    ...scope,
  }),
  {
    orderId: the.order,
    customerId: the.customer,
    shipmentId: the.shipment,
    lines: [{ ...the.part, promisedOn: "2027-01-31", lateDays: 2 }],
    deliveredAt: "2027-02-02T10:00:00.000Z",
    deliveredOn: "2027-02-02",
    delivery: "Full",
    late: true,
    breaches: [],
    ...the.scope,
  },
);
export type OrderDelivered = DataOf<typeof orderDelivered>;
