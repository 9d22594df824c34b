// ReceiveOrder: a customer's order is taken in, complete or not at all.
import { accept, dayIn, isZone, refuse, visibleTo, type Actor, type Asked, type Decision } from "@gendan/eventing";
import { defined } from "../values.js";
import { checksInto } from "./faults.js";
import { checkHead, type GivenHead } from "./given-head.js";
import { completeContent, type CompleteContent, type GivenContent, type GivenFor } from "./given-order.js";
import { verifyWithinHours } from "./intake/completeness.js";
import { decidedUnder, type IntakeRules } from "./intake/intake-rules.js";
import type { Original } from "./intake/intake.events.js";
import { receiveAgain } from "./intake/receive-again.js";
import { dueAfter } from "../rules/calendar.rules.js";
import { acceptanceDefaults } from "../rules/acceptance.rules.js";
import type { Channel, Reference } from "./content.events.js";
import type { OrderEvent } from "./order.events.js";
import type { Incomplete, OrderRefusal } from "./order.refusals.js";
import { contentOf, type OrderState } from "./order.state.js";

export interface ReceiveOrder extends GivenContent, GivenHead {
  readonly type: "ReceiveOrder";
  readonly orderId: string;
  /** For people; reserved before, since numbers are dealt outside of decisions. */
  readonly number: string;
  readonly channel: Channel;
  readonly sourceReference?: string;
  readonly acceptanceDays?: number;
  readonly original?: Original;
  /** Who has entered it, where it follows from what they did elsewhere; absent: who sends the command. */
  readonly enteredBy?: Actor;
  /** What the installation has ruled, as it holds now. */
  readonly rules?: IntakeRules;
  /** Those of its references that other orders have. */
  readonly heldByOthers?: readonly Reference[];
}

/** Every fault is named at once, and nothing happens when there is one. */
export function receiveOrder(
  order: OrderState,
  command: ReceiveOrder,
  { actor, at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const { number, channel, sourceReference, customerId = "", currency = "", zone, department, assignee } = command;
  const { acceptanceDays = acceptanceDefaults.days } = command;
  const { rules = {} } = command;
  const about: GivenFor = {
    customerId,
    channel,
    ...defined({ sourceReference }),
    currency,
    zone,
    ...(isZone(zone) ? { receivedOn: dayIn(zone, at) } : {}),
  };
  if (order.lifecycle !== "absent") return receiveAgain(order, command, about);
  const content = completeContent(command, { ...about, ...defined({ heldByOthers: command.heldByOthers }) }, rules);
  const [first, ...others] = [...headFaults(command), ...("faults" in content ? content.faults : [])];
  if (first) return refuse(first, ...others);
  const { amount, freight, ...complete } = content as CompleteContent;
  const whole = contentOf({ ...command, ...complete, references: command.references ?? [] });
  const hours = rules.completeness && verifyWithinHours({ ...about, ...whole }, rules.completeness.rules);
  const verifyDueAt = hours === undefined ? undefined : dueAfter(hours, at, rules.calendar);
  return accept({
    type: "order.received",
    number,
    channel,
    ...defined({ sourceReference, original: command.original, assignee }),
    customerId,
    currency,
    zone,
    receivedAt: at,
    receivedOn: dayIn(zone, at),
    enteredBy: command.enteredBy ?? actor,
    ...whole,
    amount,
    freight,
    acceptanceDays,
    ...defined({ verifyDueAt }),
    ...decidedUnder(rules, verifyDueAt),
    department,
    visibleTo: visibleTo({ department, persons: [assignee] }),
  });
}

/** What is wrong with what stands over the lines. */
function headFaults(command: ReceiveOrder): Incomplete[] {
  const { orderId, sourceReference, acceptanceDays = acceptanceDefaults.days } = command;
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  checkHead(orderId, command, checks);
  checks.text("sourceReference", sourceReference);
  if (!Number.isInteger(acceptanceDays) || acceptanceDays < 0 || acceptanceDays > 365) {
    checks.add("ACCEPTANCE_DAYS_INVALID", "acceptanceDays", `${acceptanceDays}`);
  }
  return faults;
}
