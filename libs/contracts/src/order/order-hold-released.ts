import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { blocked, firstHoldType, flag, holdType, id, text } from "../shapes.js";

export const orderHoldReleased = Contract.of("order.hold.released", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "One hold ended; holds lists those that remain.",
  zh: "一项冻结已解除；holds 列出仍然有效的冻结。",
})
  .version(z.object({ orderId: id, hold: firstHoldType, holds: z.array(firstHoldType) }), {
    orderId: the.order,
    hold: "credit",
    holds: [],
  })
  // Several of one type; what is still blocked, and whether its time was over.
  .version(
    z.object({
      orderId: id,
      hold: holdType,
      holds: z.array(holdType),
      holdId: text.optional(),
      blocked: blocked.optional(),
      expired: flag.optional(),
    }),
    {
      orderId: the.order,
      hold: "quality",
      holds: [],
      holdId: "quality:lot-7",
      blocked: { dispatch: [], production: [], invoice: [] },
      expired: true,
    },
    (v1) => v1,
  );
export type OrderHoldReleased = DataOf<typeof orderHoldReleased>;
