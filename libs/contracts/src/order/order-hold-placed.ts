import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { blocked, firstHoldType, holdType, id, instant, oneOfSoFar, text } from "../shapes.js";

export const orderHoldPlaced = Contract.of("order.hold.placed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order is held: what the hold blocks is not done by decision from now on.",
  zh: "订单被冻结：自此不得主动进行该冻结所阻止的操作。",
})
  .version(z.object({ orderId: id, hold: firstHoldType, holds: z.array(firstHoldType) }), {
    orderId: the.order,
    hold: "credit",
    holds: ["credit"],
  })
  // Several of one type; what it blocks, and when it ends by itself.
  .version(
    z.object({
      orderId: id,
      hold: holdType,
      holds: z.array(holdType),
      holdId: text.optional(),
      source: text.optional(),
      reason: text.optional(),
      blocks: z.array(oneOfSoFar("dispatch", "production", "invoice")).optional(),
      blocked: blocked.optional(),
      expiresAt: instant.optional(),
    }),
    {
      orderId: the.order,
      hold: "quality",
      holds: ["quality"],
      holdId: "quality:lot-7",
      source: "lot-7",
      reason: "aql",
      blocks: ["dispatch", "invoice"],
      blocked: { dispatch: ["quality"], production: [], invoice: ["quality"] },
      expiresAt: "2027-01-31T23:00:00.000Z",
    },
    (v1) => v1,
  );
export type OrderHoldPlaced = DataOf<typeof orderHoldPlaced>;
