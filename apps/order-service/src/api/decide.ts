// A decision on an order that is there: its note sealed, and what it is decided under looked up beside it.
import type { Envelope, Outcome, Sealed } from "@gendan/eventing";
import type { Meant } from "@gendan/security";
import type { Payload } from "@gendan/service-kit";
import type { z } from "zod";
import type { OrderDecision } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { asked, carryOut, type Context, type NotSeen } from "./carry-out.js";
import type { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";

type Result = Promise<Outcome<OrderState, OrderRefusal> | NotSeen>;

export type OfOrder = Meant & { readonly orderId: string; readonly note?: string };

/** What an input says beyond what all of them say. */
export function own<Given extends OfOrder>(given: Given): Omit<Omit<Given, keyof Meant>, "orderId" | "note"> {
  const { orderId: _, note: __, ...rest } = asked(given);
  return rest;
}

/** The order as its stream has it, for who sees it and for who has sent this command before. */
export async function orderFor(
  { parts }: Desk,
  orderId: string,
  { tokens, commandId }: Envelope,
): Promise<{ readonly order: OrderState } | NotSeen> {
  const order = (await parts.orderCommands.load(orderId, tokens, commandId))?.state;
  return !order || order.lifecycle === "absent" ? { code: "NOT_FOUND", id: orderId } : { order };
}

/** What of it is there, sealed under the key of the order's customer. */
async function sealedFor<Field extends string>(
  desk: Desk,
  orderId: string,
  values: { readonly [Each in Field]?: string | undefined },
  envelope: Envelope,
): Promise<{ readonly sealed: { readonly [Each in Field]?: Sealed } } | NotSeen> {
  if (Object.values(values).every((each) => each === undefined)) return { sealed: {} };
  const found = await orderFor(desk, orderId, envelope);
  return "code" in found ? found : { sealed: await desk.seal(found.order.customerId, values) };
}

/** The command that an input makes, with what of it leads to a person: the note that somebody wrote to it, and what else is named. */
export type Made<Schema extends z.ZodType<OfOrder>, Personal extends string = never> = (
  given: z.output<Schema>,
  sealed: { readonly [Field in "note" | Personal]?: Sealed },
) => OrderDecision;

/** What the command is decided under: rules, roles. No part of what was asked, so a retry is the same under other rules. */
export type LookedUp = (orderId: string) => Promise<object>;

interface Deciding<Schema extends z.ZodType<OfOrder>, Personal extends string> {
  readonly schema: Schema;
  /** The fields that are sealed besides the note. */
  readonly sealed?: readonly Personal[];
  readonly command: Made<Schema, Personal>;
  readonly lookedUp?: LookedUp | undefined;
}

/** Carries out one decision on an order. */
export function decide<Schema extends z.ZodType<OfOrder>, Personal extends string = never>(
  desk: Desk,
  context: Context,
  input: unknown,
  { schema, sealed = [], command, lookedUp }: Deciding<Schema, Personal>,
): Promise<Payload> {
  const { orderCommands } = desk.parts;
  const act = async (given: z.output<Schema>, envelope: Envelope): Result => {
    const { orderId } = given;
    const named = given as { readonly [Field in "note" | Personal]?: string | undefined };
    const fields = (["note", ...sealed] as const).map((field) => [field, named[field]] as const);
    const written = Object.fromEntries(fields) as typeof named;
    const found = await sealedFor(desk, orderId, written, envelope);
    if ("code" in found) return found;
    const body = command(given, found.sealed);
    return lookedUp
      ? orderCommands.handle(orderId, async () => ({ ...body, ...(await lookedUp(orderId)) }), { ...envelope, body })
      : orderCommands.handle(orderId, body, envelope);
  };
  return carryOut(context, input, { kind: "decision", schema, act, tell });
}

interface Resolving<Schema extends z.ZodType<OfOrder>> {
  readonly type: OrderDecision["type"];
  readonly schema: Schema;
  /** The command with what must be looked up for what was asked. Not called for a command that was sent before. */
  readonly resolved: (given: z.output<Schema>, note: { readonly note?: Sealed }) => Promise<OrderDecision>;
}

/** Carries out a decision that depends on what its input names: what was asked is the input itself. */
export function decideResolved<Schema extends z.ZodType<OfOrder>>(
  desk: Desk,
  context: Context,
  input: unknown,
  { type, schema, resolved }: Resolving<Schema>,
): Promise<Payload> {
  const act = async (given: z.output<Schema>, envelope: Envelope): Result => {
    const { orderId, note } = given;
    const found = await sealedFor(desk, orderId, { note }, envelope);
    if ("code" in found) return found;
    const { sealed } = found;
    const body = { type, ...own(given), ...sealed };
    return desk.parts.orderCommands.handle(orderId, () => resolved(given, sealed), { ...envelope, body });
  };
  return carryOut(context, input, { kind: "decision", schema, act, tell });
}
