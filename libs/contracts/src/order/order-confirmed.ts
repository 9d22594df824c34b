import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { blocked, count, firstHoldType, id, personId, promisedSchedule, scope, text } from "../shapes.js";

const data = {
  orderId: id,
  number: text,
  version: count,
  customerId: personId,
  zone: text,
  currency: text,
  schedules: z.array(promisedSchedule),
  holds: z.array(firstHoldType),
  ...scope,
};
const example: z.output<z.ZodObject<typeof data>> = {
  orderId: the.order,
  number: "SO-2026-000001",
  version: 1,
  customerId: the.customer,
  zone: "Europe/Berlin",
  currency: "EUR",
  schedules: [{ ...the.part, kind: "goods", sku: "A-1", unit: "pcs", promisedOn: "2027-01-31", overTolerance: "5" }],
  holds: [],
  ...the.scope,
};

export const orderConfirmed = Contract.of("order.confirmed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order is binding from now on; each schedule carries its first promise, which never changes.",
  zh: "订单自此具有约束力；每条交货计划行带有首次承诺日期，此日期永不改变。",
})
  .version(z.object(data), example)
  // What the holds block.
  .version(
    z.object({ ...data, blocked: blocked.optional() }),
    { ...example, blocked: { dispatch: [], production: [], invoice: [] } },
    (v1) => v1,
  );
export type OrderConfirmed = DataOf<typeof orderConfirmed>;
