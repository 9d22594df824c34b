// Sends a plan's orders, many at once; the steps of one order in sequence, waiting where another service must know first.
import type { Plan, PlannedOrder, RefusedRow } from "../plan/plan.js";
import type { Contradiction } from "../plan/contradictions.js";
import type { Step } from "../plan/step.js";
import type { GraphqlClient } from "./graphql-client.js";
import { sendSteps, type Sent } from "./send-steps.js";
import { allocated, settled } from "./wait-for.js";

/** What is told of an import while it runs. */
export interface Listener {
  step(step: Step, status: "taken" | "known"): void;
  refused(row: RefusedRow): void;
  contradiction(contradiction: Contradiction): void;
  /** An order is through; `imported` says whether it is in, `again` whether some row of it is to be mended. */
  order(order: PlannedOrder, imported: boolean, again: boolean): void;
}

/** Resolves when every order is through. Throws the first fault; then nothing new is begun. */
export async function importOrders(
  plan: Plan,
  client: GraphqlClient,
  concurrency: number,
  listener: Listener,
): Promise<void> {
  const orders = plan.orders()[Symbol.iterator]();
  const customers = new Map<string, Promise<void>>();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = orders.next(); !next.done && !failed; next = orders.next()) {
      try {
        await new OrderImport(next.value, client, listener, customers).run();
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  const fault = results.find((result) => result.status === "rejected");
  if (fault) throw fault.reason;
}

class OrderImport {
  /** Steps that were not taken: what comes after them needs no answer of its own. */
  private readonly missed = new Set<Step>();
  private refusals = 0;

  constructor(
    private readonly order: PlannedOrder,
    private readonly client: GraphqlClient,
    private readonly listener: Listener,
    private readonly customers: Map<string, Promise<void>>,
  ) {}

  async run(): Promise<void> {
    const { order, listener } = this;
    for (const row of order.refused) this.refuse(row);
    for (const each of order.contradictions) listener.contradiction(each);
    const imported = order.steps !== undefined && (await this.carryOut(order.steps));
    listener.order(order, imported, this.refusals > 0);
  }

  private async carryOut(steps: NonNullable<PlannedOrder["steps"]>): Promise<boolean> {
    const { take, receipts, shipments, cancel, hear } = steps;
    const token = await this.take(steps);
    if (this.missed.has(take[0])) return false;
    const goes = shipments.filter(({ plan }) => this.isOpen(plan));
    if (token !== null) {
      await settled(this.client, [
        ...(goes.length > 0 ? [{ service: "logisticsSettled", token } as const] : []),
        ...(hear.length > 0 ? [{ service: "customerSettled", token } as const] : []),
      ]);
    }
    const rest = goes.length === 0 ? hear : [];
    await this.send([...receipts, ...goes.map(({ plan }) => plan), ...rest]);
    const planned = goes.filter(({ plan }) => !this.missed.has(plan));
    if (planned.length > 0) {
      await allocated(
        this.client,
        planned.map(({ shipmentId }) => shipmentId),
        1,
      );
    }
    const leave = planned.flatMap((shipment) => shipment.leave).filter(this.isOpen);
    const sent = await this.send([...leave, ...(goes.length > 0 ? hear : [])]);
    if (cancel) await this.cancel(cancel, sent.slice(0, leave.length));
    return true;
  }

  /** Receives, verifies and confirms the order, and its customer before; gives the token of the last that was taken. */
  private async take({ customer, take }: NonNullable<PlannedOrder["steps"]>): Promise<string | null> {
    const known = this.customers.get(customer.key);
    if (known) {
      const [sent] = await Promise.all([this.send(take), known]);
      return lastToken(sent);
    }
    const sending = this.send([customer.step, ...take]);
    this.customers.set(
      customer.key,
      sending.then(
        () => undefined,
        () => undefined,
      ),
    );
    return lastToken((await sending).slice(1));
  }

  /** The order must know what left before it is asked whether it can be cancelled. */
  private async cancel(cancel: Step, left: readonly Sent[]): Promise<void> {
    const tokens = left.flatMap((sent) =>
      sent.status === "refused" || sent.settleToken === null ? [] : [sent.settleToken],
    );
    await settled(
      this.client,
      tokens.map((token) => ({ service: "orderSettled", token }) as const),
    );
    await this.send([cancel]);
  }

  private isOpen = ({ after }: Step): boolean => after === undefined || !this.missed.has(after);

  private async send(steps: readonly Step[]): Promise<readonly Sent[]> {
    const open = steps.filter(this.isOpen);
    const sent = await sendSteps(this.client, open);
    for (const [index, step] of open.entries()) this.note(step, sent[index]!);
    return sent;
  }

  private note(step: Step, sent: Sent): void {
    if (sent.status !== "refused") return this.listener.step(step, sent.status);
    const isFirst = this.isOpen(step);
    this.missed.add(step);
    if (!isFirst) return;
    const { row, name } = step;
    this.refuse({ row, key: this.order.key, step: name, code: sent.code, reason: sent.reason });
  }

  private refuse(row: RefusedRow): void {
    this.refusals += 1;
    this.listener.refused(row);
  }
}

const lastToken = (sent: readonly Sent[]): string | null =>
  sent.reduce<string | null>((last, each) => (each.status === "refused" ? last : (each.settleToken ?? last)), null);
