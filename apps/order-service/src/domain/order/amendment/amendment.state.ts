// What decisions need to know of the amendments of an order, and what the order becomes by one.
import type { OrderContent } from "../content.events.js";
import { worthOf } from "../goods/withdraw.js";
import type { MilestoneTerm } from "../money/money.events.js";
import type { MoneyState } from "../money/money.state.js";
import { scheduleKey } from "../ledger.js";
import { contentOf, schedulesOf, type OrderState, type ScheduleState } from "../order.state.js";
import type { AmendmentEvent, AmendmentProposed, OrderAmended } from "./amendment.events.js";

export interface AmendmentState {
  /** The one that is open. */
  readonly open?: OpenAmendment;
}

export interface OpenAmendment extends AmendmentProposed {
  readonly approved: boolean;
}

export const noAmendment: AmendmentState = {};

export function evolveAmendment(order: OrderState, event: AmendmentEvent): OrderState {
  const { open } = order.amendment;
  switch (event.type) {
    case "order.amendment.proposed":
      return { ...order, amendment: { open: { ...event, approved: false } } };
    case "order.amendment.approved":
      return open ? { ...order, amendment: { open: { ...open, approved: true } } } : order;
    case "order.amendment.withdrawn":
      return { ...order, amendment: noAmendment };
    case "order.amended":
      return amended(order, event);
  }
}

function amended({ acceptanceDueAt, ...order }: OrderState, event: OrderAmended): OrderState {
  const dueAt = event.acceptanceDueAt ?? (event.delivery === "Full" ? acceptanceDueAt : undefined);
  return {
    ...amendedTo(order, contentOf(event), event.schedules),
    version: event.version,
    amendment: noAmendment,
    ...(event.milestones && { money: withTerms(order.money, event.milestones) }),
    total: BigInt(event.amount.minor) + BigInt(event.freight.minor),
    ...(dueAt === undefined ? {} : { acceptanceDueAt: dueAt }),
  };
}

/** Where they stand is told with it; without any, the code of the terms counts again. */
const withTerms = (money: MoneyState, terms: readonly MilestoneTerm[]): MoneyState => ({
  ...money,
  terms,
  ...(terms.length === 0 ? { milestones: [] } : {}),
});

type Promised = Pick<ScheduleState, "lineId" | "scheduleId"> & { readonly promisedOn: string };

/** The order with this content and these promises; its total is what the event of it says. */
export const amendedTo = (order: OrderState, content: OrderContent, promises: readonly Promised[]): OrderState => ({
  ...order,
  content,
  schedules: amendedSchedules(order, content, promises),
});

/**
 * A schedule that gets another quantity or tolerance is owed in that quantity, whatever was cancelled of it before; one that keeps
 * them stays as it stands.
 */
function amendedSchedules(
  order: OrderState,
  content: OrderContent,
  promises: readonly Promised[],
): ReadonlyMap<string, ScheduleState> {
  const before = schedulesOf(order.content);
  const promised = new Map(promises.map((each) => [scheduleKey(each), each.promisedOn]));
  return new Map(
    [...schedulesOf(content)].map(([key, schedule]) => {
      const known = order.schedules.get(key);
      const promisedOn = promised.get(key);
      const standing = known && isSame(before.get(key), schedule) ? owedOf(known) : {};
      return [key, { ...known, ...schedule, ...standing, ...(promisedOn === undefined ? {} : { promisedOn }) }];
    }),
  );
}

/** Of the order's schedules those that are owed anew by this content, in another quantity or tolerance, or are dropped. */
export function changedSchedules(order: OrderState, content: OrderContent): ScheduleState[] {
  const [before, after] = [schedulesOf(order.content), schedulesOf(content)];
  return [...order.schedules].flatMap(([key, schedule]) => (isSame(before.get(key), after.get(key)) ? [] : [schedule]));
}

const isSame = (one: ScheduleState | undefined, other: ScheduleState | undefined): boolean =>
  one?.quantity === other?.quantity && one?.most === other?.most && one?.least === other?.least;

const owedOf = ({ owed, most, least }: ScheduleState) => ({ owed, most, least });

/** What is owed of all lines at their prices, in minor units. */
export const worthOfLines = (order: OrderState): bigint =>
  order.content.lines.reduce((sum, { lineId }) => sum + worthOf(order, lineId), 0n);
