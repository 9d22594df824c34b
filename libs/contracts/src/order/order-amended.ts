import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import {
  amount,
  blocked,
  count,
  detailedOrderLine,
  extent,
  holdType,
  id,
  personId,
  promisedSchedule,
  scope,
  text,
} from "../shapes.js";

const data = {
  orderId: id,
  amendmentId: id,
  number: text,
  version: count,
  customerId: personId,
  zone: text,
  currency: text,
  lines: z.array(detailedOrderLine),
  amount,
  freight: amount,
  schedules: z.array(promisedSchedule),
  /** What of the order has changed. */
  paths: z.array(text),
  reason: text,
  holds: z.array(holdType),
  blocked,
  shipping: extent,
  delivery: extent,
  ...scope,
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  amendmentId: the.amendment,
  number: "SO-2026-000001",
  version: 2,
  customerId: the.customer,
  zone: "Europe/Berlin",
  currency: "EUR",
  lines: [the.detailedLine],
  amount: the.total,
  freight: the.nothing,
  schedules: [{ ...the.part, kind: "goods", sku: "A-1", unit: "pcs", promisedOn: "2027-01-31", overTolerance: "5" }],
  paths: ["lines.1.quantity", "lines.1.schedules.1.quantity"],
  reason: "less-needed",
  holds: [],
  blocked: { dispatch: [], production: [], invoice: [] },
  shipping: "None",
  delivery: "None",
  ...the.scope,
};

export const orderAmended = Contract.of("order.amended", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The binding order is of the next version: lines, sums and schedules are those from now on, each with its latest promise.",
  zh: "订单已变更为下一版本：行、金额与交货计划行以此为准，各附最新承诺日期。",
})
  .version(z.object(data), example)
  // How much is handed over, where the Incoterm makes that the delivery that dates are measured by.
  .version(z.object({ ...data, handedOver: extent.optional() }), { ...example, handedOver: "None" }, (v1) => v1);
export type OrderAmended = DataOf<typeof orderAmended>;
