// Receiving and correcting orders: what an order consists of, with what leads to a person sealed under the customer's key.
import { createHash } from "node:crypto";
import { isUuid, personBehind, type Envelope, type Outcome } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import type { z } from "zod";
import type { CorrectOrder } from "../domain/order/correct-order.js";
import type { DeliveryPoint } from "../domain/order/content.events.js";
import type { Original } from "../domain/order/intake/intake.events.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { ReceiveOrder } from "../domain/order/receive-order.js";
import { intakeRules } from "../write/intake-rules.js";
import { orderIdOf, ownership, yearOf } from "../write/receiving.js";
import { asked, type ApiRefusal } from "./carry-out.js";
import { orderFor } from "./decide.js";
import type { Desk } from "./desk.js";
import type { correctOrderInput, GivenDeliveryPoint, receiveOrderInput } from "./order.inputs.js";

/** Its number is dealt only when the command is no repetition. */
export async function receiveOrder(
  desk: Desk,
  caller: Caller,
  input: z.output<typeof receiveOrderInput> & { readonly original?: GivenOriginal },
  envelope: Envelope,
): Promise<Outcome<OrderState, OrderRefusal>> {
  const { id: _, deliveryPoint, sourceReference, original, ...given } = asked(input);
  const { zone = desk.parts.zone, customerId = "", assignee = personBehind(envelope.actor) } = given;
  const orderId = orderIdOf(input);
  const { service, orderCommands, rules, references } = desk.parts;
  const command: ReceiveOrder = {
    ...given,
    type: "ReceiveOrder",
    orderId,
    number: "",
    zone,
    ...(sourceReference === undefined ? {} : { sourceReference }),
    ...(assignee === undefined ? {} : { assignee }),
    ...ownership(caller, given.department),
    ...(await sealedPoint(desk, customerId, deliveryPoint)),
    ...(original && { original: await kept(desk, customerId, original) }),
  };
  const year = yearOf(envelope.occurredAt ?? desk.now(), zone);
  // What the installation rules is no part of what was asked: the same command later is the same under other rules.
  let claimed = false;
  const numbered = async () => {
    const { acceptanceDays = (await rules.current("acceptance")).rules.days } = given;
    const ruled = { ...command, acceptanceDays, rules: await intakeRules(rules) };
    const { command: known, accepted } = await references.claimed(orderId, ruled, envelope);
    claimed ||= accepted;
    return accepted ? { ...known, number: await service.number("SO", year) } : known;
  };
  const outcome = await orderCommands.handle(orderId, numbered, { ...envelope, body: command });
  if (claimed && outcome.status !== "accepted") await references.keepTo(orderId, command.references ?? [], envelope);
  return outcome;
}

/** What the customer sent, and of what it was made where that is not the text alone. */
interface GivenOriginal {
  readonly mediaType: string;
  readonly text: string;
  readonly sha256?: string;
  readonly bytes?: number;
}

async function kept(desk: Desk, customerId: string, { mediaType, text, ...of }: GivenOriginal): Promise<Original> {
  const { sha256 = createHash("sha256").update(text).digest("hex"), bytes = Buffer.byteLength(text) } = of;
  return {
    sha256,
    bytes,
    mediaType,
    ...(isUuid(customerId) && text !== "" ? await desk.seal(customerId, { text }) : {}),
  };
}

export async function correctOrder(
  desk: Desk,
  input: z.output<typeof correctOrderInput>,
  envelope: Envelope,
): Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal> {
  const { orderId, note, deliveryPoint, ...given } = asked(input);
  const found = await orderFor(desk, orderId, envelope);
  if ("code" in found) return found;
  const { customerId, content } = found.order;
  const command: CorrectOrder = {
    ...given,
    type: "CorrectOrder",
    ...(await desk.seal(customerId, { note })),
    ...(await sealedPoint(desk, customerId, deliveryPoint)),
  };
  const { orderCommands, rules, references } = desk.parts;
  const ruled = async () => {
    const known = { ...command, rules: await intakeRules(rules) };
    return command.references ? (await references.claimed(orderId, known, envelope)).command : known;
  };
  const outcome = await orderCommands.handle(orderId, ruled, { ...envelope, body: command });
  if (command.references) {
    await references.keepTo(orderId, [...content.references, ...command.references], envelope);
  }
  return outcome;
}

/** Without a customer there is no key to seal with: what is personal is left out, and the order is refused for it anyway. */
export async function sealedPoint(
  desk: Desk,
  customerId: string,
  point: GivenDeliveryPoint | undefined,
): Promise<{ readonly deliveryPoint?: DeliveryPoint }> {
  if (!point) return {};
  const { address, contactName, phone, ...open } = point;
  const personal = Object.fromEntries(
    Object.entries({ address, contactName, phone }).filter(([, value]) => value !== undefined && value !== ""),
  ) as { address?: string; contactName?: string; phone?: string };
  return { deliveryPoint: { ...open, ...(isUuid(customerId) ? await desk.seal(customerId, personal) : {}) } };
}
