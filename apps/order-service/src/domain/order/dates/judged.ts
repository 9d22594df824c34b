// A delivery against what was promised: by calendar days, in the order's zone.
import { scheduleKey } from "../ledger.js";
import type { DeliveredPart, Part } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import { defined } from "../../values.js";

const DAY_MS = 86_400_000;

export function judged(order: OrderState, { lineId, scheduleId, quantity }: Part, deliveredOn: string): DeliveredPart {
  const { promisedOn } = order.schedules.get(scheduleKey({ lineId, scheduleId }))!;
  const after = promisedOn === undefined ? 0 : (Date.parse(deliveredOn) - Date.parse(promisedOn)) / DAY_MS;
  return { lineId, scheduleId, quantity, ...defined({ promisedOn }), lateDays: Math.max(0, after) };
}
