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

/** The command that an input makes, with the note that somebody wrote to it. */
export type Made<Schema extends z.ZodType<OfOrder>> = (
  given: z.output<Schema>,
  note: { readonly note?: Sealed },
) => OrderDecision;

/** What the command is decided under: rules, roles. No part of what was asked, so a retry is the same under other rules. */
export type LookedUp = () => Promise<object>;

interface Deciding<Schema extends z.ZodType<OfOrder>> {
  readonly schema: Schema;
  readonly command: Made<Schema>;
  readonly lookedUp?: LookedUp | undefined;
}

/** Carries out one decision on an order. */
export function decide<Schema extends z.ZodType<OfOrder>>(
  desk: Desk,
  context: Context,
  input: unknown,
  { schema, command, lookedUp }: Deciding<Schema>,
): Promise<Payload> {
  const { orderCommands } = desk.parts;
  const act = async (
    given: z.output<Schema>,
    envelope: Envelope,
  ): Promise<Outcome<OrderState, OrderRefusal> | ApiRefusal> => {
    const { orderId, note } = given;
    const send = (asked: OrderDecision) =>
      lookedUp
        ? orderCommands.handle(orderId, async () => ({ ...asked, ...(await lookedUp()) }), { ...envelope, body: asked })
        : orderCommands.handle(orderId, asked, envelope);
    if (note === undefined) return send(command(given, {}));
    const loaded = await orderCommands.load(orderId, envelope.tokens, envelope.commandId);
    if (!loaded || loaded.state.lifecycle === "absent") return { code: "NOT_FOUND", id: orderId };
    return send(command(given, await desk.seal(loaded.state.customerId, { note })));
  };
  return carryOut(context, input, { kind: "decision", schema, act, tell });
}
