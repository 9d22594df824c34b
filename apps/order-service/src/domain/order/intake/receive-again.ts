// An order that a channel sends again: the same content is the same order, other content is refused with what differs.
import { accept, refuse, type Decision } from "@gendan/eventing";
import { completeContent, type GivenFor } from "../given-order.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { contentOf, type OrderState } from "../order.state.js";
import type { ReceiveOrder } from "../receive-order.js";
import { classOf, differencesOf, type Difference } from "./differences.js";
import type { IntakeRules } from "./intake-rules.js";

/** So many differences are named; who has more has another order. */
const MAX_DIFFERENCES = 100;

/**
 * It may say what it said at first, or what was made of it since. Rules that came later do not make it another one: it is
 * complete as an order alone.
 */
export function receiveAgain(
  order: OrderState,
  command: ReceiveOrder,
  about: GivenFor,
): Decision<OrderEvent, OrderRefusal> {
  const exists = { code: "ORDER_EXISTS", orderId: command.orderId, number: order.number } as const;
  const complete = completeContent(command, about, formsOf(command.rules));
  if ("faults" in complete) return refuse<OrderRefusal>(exists, ...complete.faults);
  const again = contentOf({ ...command, ...complete, references: command.references ?? [] });
  const envelope = envelopeDifferences(order, about);
  const sameAs = [order.content, order.original ?? order.content].map((content) => differencesOf(content, again));
  if (envelope.length === 0 && sameAs.some((differences) => differences.length === 0)) return accept();
  const differences = [...envelope, ...sameAs[0]!].slice(0, MAX_DIFFERENCES);
  return refuse<OrderRefusal>(exists, ...differences.map(refusalOf));
}

/** Custom fields are still written as their types say, so that the same value is the same one. */
function formsOf({ customFields }: IntakeRules = {}): IntakeRules {
  if (!customFields) return {};
  const fields = customFields.rules.fields.map((field) => ({ ...field, required: false }));
  return { customFields: { ...customFields, rules: { fields, definedOnly: false } } };
}

const envelopeDifferences = (order: OrderState, about: GivenFor): Difference[] =>
  (["customerId", "channel", "currency", "zone"] as const).flatMap((field) => {
    const [from = "", to] = [order[field], about[field]];
    return from === to ? [] : [{ path: field, field, from, ...(to === undefined ? {} : { to }) }];
  });

const codes = {
  price: "ORDER_PRICE_DIFFERS",
  internal: "ORDER_INTERNAL_DIFFERS",
} as const;

function refusalOf(difference: Difference): OrderRefusal {
  const { path, from: ours, to: theirs } = difference;
  const of = classOf(difference);
  return {
    code: of ? codes[of] : "ORDER_DIFFERS",
    field: path,
    ...(theirs === undefined ? {} : { theirs }),
    ...(ours === undefined ? {} : { ours }),
  };
}
