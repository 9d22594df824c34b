// What the company hears of an order's holds.
import { orderHoldPlaced, orderHoldReleased } from "@gendan/contracts";
import type { Blocked, HoldPlaced, HoldReleased } from "../domain/order/holds/holds.events.js";

export function holdPlaced(orderId: string, event: HoldPlaced) {
  const { holdId, hold, source, reason, expiresAt } = event;
  return orderHoldPlaced.message({
    orderId,
    hold,
    holds: [...event.holds],
    holdId,
    source,
    reason,
    blocks: [...event.blocks],
    blocked: blockedOf(event.blocked),
    expiresAt,
  });
}

export function holdReleased(orderId: string, event: HoldReleased) {
  const { holdId, hold, expired } = event;
  const blocked = blockedOf(event.blocked);
  return orderHoldReleased.message({ orderId, hold, holds: [...event.holds], holdId, blocked, expired });
}

export const blockedOf = ({ dispatch, production, invoice }: Blocked) => ({
  dispatch: [...dispatch],
  production: [...production],
  invoice: [...invoice],
});
