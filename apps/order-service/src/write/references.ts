// Numbers of orders in other systems, each held by one order: the slot is taken before the order is appended, and given back when the
// order has not got the number, or has it no more. A slot that a crash left behind is taken over (ADR 20).
import { newId, type Commands, type Envelope, type Outcome } from "@gendan/eventing";
import type { Reference } from "../domain/order/content.events.js";
import type { CorrectOrder } from "../domain/order/correct-order.js";
import { orderDecider, type OrderCommand } from "../domain/order/order.decider.js";
import type { OrderRefusal } from "../domain/order/order.refusals.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { ReceiveOrder } from "../domain/order/receive-order.js";
import { orderOf, type AcceptQuotation } from "../domain/quotation/accept-quotation.js";
import { quotationDecider } from "../domain/quotation/quotation.decider.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import {
  isHeld,
  referenceId,
  type ReferenceCommand,
  type ReferenceRefusal,
  type ReferenceState,
} from "../domain/reference/reference.decider.js";

interface ReferenceParts {
  readonly referenceCommands: Commands<ReferenceState, ReferenceCommand, ReferenceRefusal>;
  readonly orderCommands: Pick<Commands<OrderState, OrderCommand, OrderRefusal>, "load">;
  readonly now: () => string;
}

/** Its bearer, who acts: slots are asked for under command ids of their own, since whether one is free changes. */
type By = Pick<Envelope, "actor">;

export class References {
  constructor(private readonly parts: ReferenceParts) {}

  /** Those of the numbers that other orders have, as far as can be seen without taking any. */
  async heldByOthers(orderId: string, references: readonly Reference[]): Promise<readonly Reference[]> {
    const seen = await Promise.all(
      references.map(async (reference) => {
        const slot = await this.slotOf(reference);
        const without = await this.without(slot.orderId, orderId, reference);
        return isHeld(slot, orderId, without, this.parts.now()) ? [reference] : [];
      }),
    );
    return seen.flat();
  }

  /** Takes all of them for the order, or none: then those are named that another order was faster with. */
  async take(orderId: string, references: readonly Reference[], by: By): Promise<readonly Reference[]> {
    const [taken, refused]: [Reference[], Reference[]] = [[], []];
    for (const reference of references) {
      const slot = await this.slotOf(reference);
      if (slot.orderId === orderId) continue;
      const without = await this.without(slot.orderId, orderId, reference);
      const take = {
        type: "TakeReference",
        ...reference,
        orderId,
        ...(without === undefined ? {} : { without }),
      } as const;
      const outcome = await this.send(reference, take, by);
      (outcome.status === "refused" ? refused : taken).push(reference);
    }
    if (refused.length > 0) await this.release(orderId, taken, by);
    return refused;
  }

  /**
   * The command with what is known of its references. Where it would be accepted, they are taken for the order; of the number for
   * people it has none yet.
   */
  async claimed<Command extends ReceiveOrder | CorrectOrder>(
    orderId: string,
    command: Command,
    { actor, occurredAt }: Pick<Envelope, "actor" | "occurredAt">,
  ): Promise<{ readonly command: Command; readonly accepted: boolean }> {
    const { references = [] } = command;
    if (references.length === 0) return { command, accepted: true };
    const looked = { ...command, heldByOthers: await this.heldByOthers(orderId, references) };
    const state = (await this.parts.orderCommands.load(orderId))?.state ?? orderDecider.initial;
    const decision = orderDecider.decide(state, looked, { actor, at: occurredAt ?? this.parts.now() });
    const accepted = "events" in decision && decision.events.length > 0;
    const lost = accepted ? await this.take(orderId, references, { actor }) : [];
    return lost.length === 0
      ? { command: looked, accepted }
      : { command: { ...looked, heldByOthers: lost }, accepted: false };
  }

  /** The acceptance of an offer with those of its numbers that other orders have; where there are none, they are taken for its order. */
  async offered(
    quotation: QuotationState | undefined,
    command: AcceptQuotation,
    { actor, occurredAt }: Pick<Envelope, "actor" | "occurredAt">,
  ): Promise<AcceptQuotation> {
    const { references } = (quotation ?? quotationDecider.initial).content;
    if (references.length === 0) return command;
    const orderId = orderOf(command.quotationId, command.version);
    const looked = { ...command, heldByOthers: await this.heldByOthers(orderId, references) };
    const by = { actor, at: occurredAt ?? this.parts.now() };
    const decision = quotationDecider.decide(quotation ?? quotationDecider.initial, looked, by);
    return "events" in decision ? { ...looked, heldByOthers: await this.take(orderId, references, { actor }) } : looked;
  }

  /** Gives back those that the order has not got after all. */
  async keepTo(orderId: string, references: readonly Reference[], by: By): Promise<void> {
    const own = (await this.parts.orderCommands.load(orderId))?.state.content.references ?? [];
    await this.release(
      orderId,
      references.filter((reference) => !own.some(isSame(reference))),
      by,
    );
  }

  private async release(orderId: string, references: readonly Reference[], by: By): Promise<void> {
    for (const reference of references) await this.send(reference, { type: "ReleaseReference", orderId }, by);
  }

  private send(
    reference: Reference,
    command: ReferenceCommand,
    { actor }: By,
  ): Promise<Outcome<ReferenceState, ReferenceRefusal>> {
    return this.parts.referenceCommands.handle(referenceId(reference), command, { commandId: newId(), actor });
  }

  private async slotOf(reference: Reference): Promise<ReferenceState> {
    return (await this.parts.referenceCommands.load(referenceId(reference)))?.state ?? {};
  }

  /** The holder, where it is another order and does not have the number in this moment. */
  private async without(
    holder: string | undefined,
    orderId: string,
    reference: Reference,
  ): Promise<string | undefined> {
    if (holder === undefined || holder === orderId) return undefined;
    const loaded = await this.parts.orderCommands.load(holder);
    return loaded?.state.content.references.some(isSame(reference)) ? undefined : holder;
  }
}

const isSame =
  ({ system, number }: Reference) =>
  (other: Reference): boolean =>
    other.system === system && other.number === number;
