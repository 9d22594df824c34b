import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, text } from "../shapes.js";

export const orderDiscrepancyWaived = Contract.of("order.discrepancy.waived", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A discrepancy was set aside by somebody with the authority for it; neither the order nor the document changes.",
  zh: "有权限的人员对差异予以特批，订单与单据均不变。",
}).version(
  z.object({
    orderId: id,
    discrepancyId: text,
    /** A short code. */
    reason: text,
    /** How many are still open. */
    open: count,
  }),
  { orderId: the.order, discrepancyId: "d1", reason: "goodwill", open: 0 },
);
export type OrderDiscrepancyWaived = DataOf<typeof orderDiscrepancyWaived>;
