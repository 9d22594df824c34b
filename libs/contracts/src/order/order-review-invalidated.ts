import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { flag, id, text } from "../shapes.js";

export const orderReviewInvalidated = Contract.of("order.review.invalidated", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A correction touched what was answered for, or signed: it counts no more.",
  zh: "更正涉及已答复或已回签的内容，原答复或回签失效。",
}).version(
  z.object({
    orderId: id,
    schedules: z.array(z.object({ lineId: text, scheduleId: text })),
    countersignature: flag,
  }),
  { orderId: the.order, schedules: [{ lineId: "1", scheduleId: "1" }], countersignature: false },
);
export type OrderReviewInvalidated = DataOf<typeof orderReviewInvalidated>;
