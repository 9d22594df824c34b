// ProposeAmendment: somebody asks for a change of a binding order; nothing is changed before it is approved and applied.
import {
  accept,
  millionths,
  minorOf,
  money,
  quantity,
  refuse,
  type Asked,
  type Decision,
  type Money,
  type Sealed,
} from "@gendan/eventing";
import type { OrderContent } from "../content.events.js";
import type { AskedBy } from "../dates/dates.events.js";
import { againstPromises, promiseMissing, type SchedulePromise } from "../dates/promises.js";
import { heldOf, lateFrom } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import { differencesOf } from "../intake/differences.js";
import { decidedUnder, type IntakeRules } from "../intake/intake-rules.js";
import { ownedFields } from "../intake/owned-fields.js";
import { netShipped, scheduleKey } from "../ledger.js";
import { termFaults } from "../money/agree-payment-terms.js";
import { termChanges } from "../money/milestones.js";
import type { MilestoneTerm } from "../money/money.events.js";
import type { Change } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import { schedulesOf, type OrderState } from "../order.state.js";
import { ownershipDefaults } from "../../rules/ownership.rules.js";
import { defined } from "../../values.js";
import { amendedContent, type Amending } from "./amended-content.js";
import type { AmendedPromise, AmendmentProposed } from "./amendment.events.js";
import { amendedTo, changedSchedules, worthOfLines } from "./amendment.state.js";

export interface ProposeAmendment extends Amending {
  readonly type: "ProposeAmendment";
  readonly amendmentId: string;
  /** The version that it changes, so that nobody changes what they have not seen. */
  readonly version: number;
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly askedBy: AskedBy;
  /** New days; a schedule that comes new needs one. */
  readonly promises?: readonly SchedulePromise[];
  /** The payment milestones as they shall be, all of them; none: the code of the terms counts again. */
  readonly milestones?: readonly MilestoneTerm[];
  readonly note?: Sealed;
  /** What the installation has ruled of orders that come in, as it holds now. */
  readonly rules?: IntakeRules;
}

/** One is open at a time. */
export const mayPropose: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  const { open } = order.amendment;
  return open ? [{ code: "AMENDMENT_OPEN", amendmentId: open.amendmentId }] : [];
};

/** One that changes nothing is none. */
export function proposeAmendment(
  order: OrderState,
  command: ProposeAmendment,
  { actor }: Asked,
): Decision<AmendmentProposed, OrderRefusal> {
  const [no, ...others] = mayPropose(order);
  if (no) return refuse(no, ...others);
  const { amendmentId, version, reason, askedBy, promises = [], note, rules = {} } = command;
  if (version !== order.version) {
    return refuse({ code: "VERSION_STALE", version, current: order.version });
  }
  const amended = amendedContent(order, command, rules);
  const differences = "content" in amended ? differencesOf(order.content, amended.content) : [];
  const owned = ownedFields(order.content.references, differences, actor, rules.ownership?.rules ?? ownershipDefaults);
  const refusals = "refusals" in amended ? amended.refusals : [...owned, ...faultsOf(order, command, amended.content)];
  const [first, ...more] = refusals;
  if (first) return refuse(first, ...more);
  const { content, freight } = amended as Exclude<typeof amended, { refusals: unknown }>;
  const moved = promises
    .filter((promise) => order.schedules.get(scheduleKey(promise))?.promisedOn !== promise.promisedOn)
    .map((promise) => ({ ...promise, lateFrom: lateFrom(order.zone, promise.promisedOn) }));
  const { milestones = order.money.terms } = command;
  const worth = worthOfLines(amendedTo(order, content, promises));
  const [unfit, ...faults] = command.milestones ? termFaults(milestones, totalling(order, worth, freight)) : [];
  if (unfit) return refuse(unfit, ...faults);
  const terms = termChanges(order.money.terms, milestones);
  const changes = [
    ...differences.map(({ field: _, ...change }) => change),
    ...moved.map((promise) => promiseChange(order, promise)),
    ...terms,
  ];
  if (changes.length === 0) return accept();
  return accept({
    type: "order.amendment.proposed",
    amendmentId,
    version,
    proposedBy: actor,
    askedBy,
    reason,
    content,
    amount: money(worth, order.currency),
    freight,
    promises: moved,
    changes,
    ...(terms.length > 0 && { milestones }),
    ...decidedUnder(rules),
    ...defined({ note }),
  });
}

const totalling = ({ currency }: OrderState, worth: bigint, freight: Money) => ({
  total: worth + minorOf(freight),
  currency,
});

function promiseChange(order: OrderState, { lineId, scheduleId, promisedOn: to }: AmendedPromise): Change {
  const from = order.schedules.get(scheduleKey({ lineId, scheduleId }))?.promisedOn;
  return { path: `lines.${lineId}.schedules.${scheduleId}.promisedOn`, ...defined({ from }), to };
}

function faultsOf(
  order: OrderState,
  { promises = [], reason }: ProposeAmendment,
  content: OrderContent,
): readonly OrderRefusal[] {
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const after = schedulesOf(content);
  const promised = new Set(promises.map(scheduleKey));
  const missing = [...after].filter(([key]) => !order.schedules.has(key) && !promised.has(key));
  return [
    ...againstPromises(promises, after),
    ...faults,
    ...missing.map(([, schedule]) => promiseMissing(schedule)),
    ...againstGoods(order, content),
  ];
}

/**
 * What goods that have left stand against, then and when it is applied: neither the quantity of a schedule nor a tolerance that becomes
 * narrower goes below what has left and was not lost, and a line of which something moved stays of the same item and unit.
 */
export function againstGoods(order: OrderState, content: OrderContent): OrderRefusal[] {
  const after = schedulesOf(content);
  const below = changedSchedules(order, content).flatMap((was): OrderRefusal[] => {
    const { lineId, scheduleId } = was;
    const now = after.get(scheduleKey(was));
    const left = netShipped(heldOf(order, was));
    const isNarrower = now?.quantity === was.quantity && now.most < was.most;
    const most = isNarrower ? now.most : now?.quantity === was.quantity ? left : millionths(now?.quantity ?? "0");
    if (most >= left) return [];
    return [{ code: "BELOW_SHIPPED", lineId, scheduleId, shipped: quantity(left), quantity: quantity(most) }];
  });
  const lines = new Map(content.lines.map((line) => [line.lineId, line]));
  const turned = order.content.lines.flatMap(({ lineId, kind, sku, unit }): OrderRefusal[] => {
    const line = lines.get(lineId);
    if (!line || (line.kind === kind && line.sku === sku && line.unit === unit)) return [];
    const hasMoved = [...order.ledger.keys()].some((key) => key.startsWith(`${lineId}\u0000`));
    return hasMoved ? [{ code: "LINE_MOVED", lineId }] : [];
  });
  return [...below, ...turned];
}
