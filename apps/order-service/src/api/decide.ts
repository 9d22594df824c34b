// A decision on an order that is there: its note sealed, and what it is decided under looked up beside it.
import type { Envelope, Outcome, Sealed } from "@gendan/eventing";
import type { Meant } from "@gendan/security";
import type { Payload } from "@gendan/service-kit";
import type { z } from "zod";
import type { OrderDecision } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import { carryOut, type ApiRefusal, type Context } from "./carry-out.js";
import type { Desk } from "./desk.js";
import { tellOfOrder as tell } from "./order.messages.js";

export type OfOrder = Meant & { readonly orderId: string; readonly note?: string };

/** What an input says beyond what all of them say. */
export function own<Given extends OfOrder>(given: Given): Omit<Given, keyof OfOrder> {
  const { commandId: _, orderId: __, occurredAt: ___, historical: ____, note: _____, ...rest } = given;
  return rest;
}

/** The command that an input makes, with what of it leads to a person: the note that somebody wrote to it, and what else is named. */
export type Made<Schema extends z.ZodType<OfOrder>, Personal extends string = never> = (
  given: z.output<Schema>,
  sealed: { readonly [Field in "note" | Personal]?: Sealed },
) => OrderDecision;

/** What the command is decided under: rules, roles. No part of what was asked, so a retry is the same under other rules. */
export type LookedUp = () => Promise<object>;

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
  const act = async (
    given: z.output<Schema>,
    envelope: Envelope,
  ): Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal> => {
    const { orderId } = given;
    const fields = ["note", ...sealed] as const;
    const written = Object.fromEntries(fields.map((field) => [field, (given as Record<string, unknown>)[field]])) as {
      readonly [Field in "note" | Personal]?: string;
    };
    const send = (asked: OrderDecision) =>
      lookedUp
        ? orderCommands.handle(orderId, async () => ({ ...asked, ...(await lookedUp()) }), { ...envelope, body: asked })
        : orderCommands.handle(orderId, asked, envelope);
    if (Object.values(written).every((each) => each === undefined)) return send(command(given, {}));
    const loaded = await orderCommands.load(orderId, envelope.tokens, envelope.commandId);
    if (!loaded || loaded.state.lifecycle === "absent") return { code: "NOT_FOUND", id: orderId };
    return send(command(given, await desk.seal(loaded.state.customerId, written)));
  };
  return carryOut(context, input, { kind: "decision", schema, act, tell });
}

type Result = Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal>;

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
    const sealed = await sealedNote(desk, given, envelope);
    if ("code" in sealed) return sealed;
    const body = { type, ...own(given), ...sealed };
    return desk.parts.orderCommands.handle(given.orderId, () => resolved(given, sealed), { ...envelope, body });
  };
  return carryOut(context, input, { kind: "decision", schema, act, tell });
}

/** The note under the key of the order's customer. */
async function sealedNote(
  desk: Desk,
  { orderId, note }: OfOrder,
  { tokens, commandId }: Envelope,
): Promise<{ readonly note?: Sealed } | (ApiRefusal & { readonly code: string })> {
  if (note === undefined) return {};
  const loaded = await desk.parts.orderCommands.load(orderId, tokens, commandId);
  if (!loaded || loaded.state.lifecycle === "absent") return { code: "NOT_FOUND", id: orderId };
  return desk.seal(loaded.state.customerId, { note });
}
