import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, count, day, extent, flag, id, instant, part, personId, scope, text } from "../shapes.js";

const data = {
  orderId: id,
  customerId: personId.optional(),
  shipmentId: id,
  lines: z.array(part),
  shippedAt: instant,
  /** The order's zone: an issue that this opens counts on its local day. */
  zone: text,
  shipping: extent,
  breaches: z.array(breach),
  ...scope,
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  customerId: the.customer,
  shipmentId: the.shipment,
  lines: [the.part],
  shippedAt: "2027-01-20T08:00:00.000Z",
  zone: "Europe/Berlin",
  shipping: "Full",
  breaches: [],
  ...the.scope,
};
/** Where the Incoterm makes it the delivery that dates are measured by: late against the latest promise, and how much by now. */
const handOver = z.object({
  on: day,
  late: flag,
  lines: z.array(part.extend({ promisedOn: day.optional(), lateDays: count })),
  extent,
});

export const orderShipped = Contract.of("order.shipped", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order left; breaches name the rules that this fact breaks.",
  zh: "订单的货物已发出；breaches 列出这一事实所违反的规则。",
})
  .version(z.object(data), example)
  .version(
    z.object({ ...data, handOver: handOver.optional() }),
    {
      ...example,
      handOver: {
        on: "2027-01-20",
        late: false,
        lines: [{ ...the.part, promisedOn: "2027-01-31", lateDays: 0 }],
        extent: "Full",
      },
    },
    (v1) => v1,
  );
export type OrderShipped = DataOf<typeof orderShipped>;
