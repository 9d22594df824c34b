// What a merchandiser does to one order, from the customer's request to the money, one command after the other.
import { uuidFrom } from "@gendan/eventing";
import type { Client, Payload } from "./client.js";
import { totalOf, type Journey, type Ledger, type SentCommand } from "./ledger.js";
import type { Random } from "./random.js";

/** Who enters orders, and who verifies what the other has entered. */
export const ENTERER = "li";
export const VERIFIER = "wang";

const CURRENCIES = ["CNY", "EUR"];
const MAX_LINES = 3;
const MAX_QUANTITY = 20;
const MAX_PRICE = 100_000;
const DAY_MS = 86_400_000;
/** Nothing is late, so no issue is opened but for what is lost. */
const REQUESTED_IN_DAYS = 60;
/** Nobody's order is of yesterday in one zone and of today in another. */
export const ZONE = "Asia/Shanghai";

const CHANCE = { lost: 0.15, newCustomer: 0.3, twice: 0.1, refusedFirst: 0.2, complaint: 0.5 };

interface Step {
  readonly mutation: string;
  readonly stream: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly user?: string;
}

/** One client: it begins one journey after the other, each with ids that follow from the seed. */
export class Merchandiser {
  private begun = 0;
  private customerId: string | undefined;

  constructor(
    /** What its ids are made of. */
    private readonly name: string,
    private readonly client: Client,
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {}

  /** Carries one order through. Throws when something is answered that must not be. */
  async carryOne(): Promise<void> {
    const number = `${this.begun++}`;
    const customerId = await this.customer(number);
    const journey = this.plan(number, customerId);
    this.ledger.journeys.push(journey);
    await this.enter(journey);
    await this.ship(journey);
    await this.collect(journey);
    await this.answer(journey);
    journey.done = true;
  }

  private plan(number: string, customerId: string): Journey {
    const { random } = this;
    const id = (kind: string): string => uuidFrom("chaos", this.name, number, kind);
    return {
      orderId: id("order"),
      customerId,
      shipmentId: id("shipment"),
      receiptId: id("receipt"),
      caseId: id("case"),
      currency: random.pick(CURRENCIES),
      lines: Array.from({ length: 1 + random.below(MAX_LINES) }, () => ({
        quantity: 1 + random.below(MAX_QUANTITY),
        unitPrice: 1 + random.below(MAX_PRICE),
      })),
      freight: random.below(MAX_PRICE),
      outcome: random.chance(CHANCE.lost) ? "lost" : "delivered",
      done: false,
    };
  }

  /** A new person now and then: each needs a key of its own before anything of it is stored. */
  private async customer(number: string): Promise<string> {
    if (this.customerId !== undefined && !this.random.chance(CHANCE.newCustomer)) return this.customerId;
    const id = uuidFrom("chaos", this.name, number, "customer");
    const name = `客户 ${this.name}-${number}`;
    const input = { id, kind: "PERSON", name, phone: "+86 21 5555 0100", country: "CN", department: "cn/east/sales" };
    await this.must({ mutation: "registerCustomer", stream: `customer.customer-${id}`, input });
    this.ledger.customers.set(id, name);
    return (this.customerId = id);
  }

  private async enter(journey: Journey): Promise<void> {
    const { orderId, customerId, currency, lines, freight } = journey;
    const stream = `order.order-${orderId}`;
    const requestedOn = new Date(Date.now() + REQUESTED_IN_DAYS * DAY_MS).toISOString().slice(0, 10);
    const money = (minor: number) => ({ minor: `${minor}`, currency });
    const received = {
      id: orderId,
      channel: "SALES",
      customerId,
      currency,
      zone: ZONE,
      department: "cn/east/sales",
      lines: lines.map(({ quantity, unitPrice }, index) => ({
        sku: `SKU-${index}`,
        quantity: `${quantity}`,
        unitPrice: money(unitPrice),
        requestedOn,
        ...(index === 0 ? { freight: money(freight) } : {}),
      })),
    };
    await this.must({ mutation: "receiveOrder", stream, input: received });
    if (this.random.chance(CHANCE.refusedFirst)) await this.verifyOwn(journey, stream);
    await this.must({ mutation: "verifyOrder", stream, input: { orderId }, user: VERIFIER });
    const confirmation = { mutation: "confirmOrder", stream, input: { orderId, promiseRequested: true } };
    const { revision, settleToken } = await this.must(confirmation);
    const query = `query ($id: ID!, $at: String) { order(id: $id, atLeastRevision: $at) { lifecycle } }`;
    const seen = (await this.client.ask(ENTERER, query, { id: orderId, at: revision }))["order"];
    const { lifecycle } = (seen ?? {}) as { readonly lifecycle?: string };
    if (lifecycle !== "CONFIRMED") throw new Error(`${orderId} was confirmed, and then read as ${lifecycle}`);
    await this.settled(settleToken);
  }

  /** What is refused leaves nothing behind. */
  private async verifyOwn({ orderId }: Journey, stream: string): Promise<void> {
    const command = this.command({ mutation: "verifyOrder", stream, input: { orderId } }, "own");
    if (await this.client.carryOut(command)) throw new Error(`${orderId} was verified by the person who entered it`);
  }

  private async ship({ orderId, shipmentId, outcome }: Journey): Promise<void> {
    const stream = `logistics.shipment-${shipmentId}`;
    const plan = { id: shipmentId, orders: [{ orderId }], mode: "ROAD", carrier: "SF" };
    await this.must({ mutation: "planShipment", stream, input: plan });
    const query = `query ($id: ID!) { shipment(id: $id) { orders { allocation } } }`;
    await this.client.until(ENTERER, query, { id: shipmentId }, ({ shipment }) => {
      const orders = (shipment as { orders: { allocation: string }[] } | null)?.orders ?? [];
      return orders.some(({ allocation }) => allocation === "ALLOCATED");
    });
    await this.must({ mutation: "bookShipment", stream, input: { shipmentId } });
    await this.must({ mutation: "dispatchShipment", stream, input: { shipmentId } });
    if (outcome === "lost") await this.must({ mutation: "declareLost", stream, input: { shipmentId } });
    else await this.must({ mutation: "confirmDelivery", stream, input: { shipmentId, receivedBy: "门卫" } });
  }

  private async collect(journey: Journey): Promise<void> {
    const { orderId, receiptId, customerId, currency } = journey;
    const stream = `order.receipt-${receiptId}`;
    const amount = { minor: `${totalOf(journey)}`, currency };
    const receipt = { id: receiptId, customerId, amount, method: "transfer", department: "cn/east/sales" };
    await this.must({ mutation: "recordReceipt", stream, input: receipt });
    const allocation = { receiptId, allocations: [{ orderId, amount }] };
    await this.must({ mutation: "allocateReceipt", stream, input: allocation });
  }

  private async answer({ caseId, customerId, orderId }: Journey): Promise<void> {
    const stream = `customer.case-${caseId}`;
    const kind = this.random.chance(CHANCE.complaint) ? "COMPLAINT" : "INQUIRY";
    const opened = { id: caseId, kind, customerId, orderId, subject: "delay", text: "货到哪里了？" };
    await this.must({ mutation: "openCase", stream, input: opened });
    await this.must({ mutation: "answerCase", stream, input: { caseId, text: "在路上。" } });
  }

  private async must(step: Step): Promise<Payload> {
    const command = this.command(step);
    const twice = this.random.chance(CHANCE.twice);
    const payload = await (twice ? this.client.carryOutTwice(command) : this.client.carryOut(command));
    if (payload) return payload;
    throw new Error(`${step.mutation} on ${step.stream} was refused: ${command.refused?.join(", ")}`);
  }

  private command({ mutation, stream, input, user = ENTERER }: Step, variant = ""): SentCommand {
    return { commandId: uuidFrom("chaos", stream, mutation, variant), mutation, stream, input, user, attempts: 0 };
  }

  /** Until those have heard of it that will be told of the order: before, they may refuse what they do not know. */
  private settled(token: string | null): Promise<void> {
    const query = `query ($token: String!) { logisticsSettled(token: $token) customerSettled(token: $token) }`;
    const all = (data: Readonly<Record<string, unknown>>): boolean =>
      Object.values(data).every((each) => each === true);
    return this.client.until(ENTERER, query, { token }, all);
  }
}
