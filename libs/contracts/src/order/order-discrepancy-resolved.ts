import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, text } from "../shapes.js";

export const orderDiscrepancyResolved = Contract.of("order.discrepancy.resolved", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A recorded difference was settled.",
  zh: "一项已登记的差异已解决。",
}).version(z.object({ orderId: id, discrepancyId: text, open: count }), {
  orderId: the.order,
  discrepancyId: "d1",
  open: 0,
});
export type OrderDiscrepancyResolved = DataOf<typeof orderDiscrepancyResolved>;
