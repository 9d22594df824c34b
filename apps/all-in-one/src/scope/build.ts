// Makes a company: departments, customers, orders on their way, what is about them; and keeps who was given what.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { uuidFrom } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { blobKeyOf } from "@gendan/service-kit";
import type { Random } from "../chaos/random.js";
import type { Company } from "../company.js";
import type { Own, World } from "./world.js";

export const DEPARTMENTS = ["cn", "cn/east", "cn/east/sales", "cn/eastern", "cn/west", "de", "de/nord", "us"];
export const PERSONS = ["li", "wang", "zhao", "qian", "sun", "zhou"];
const CUSTOMERS = 6;
const ORDERS = 26;
const QUOTATIONS = 8;

type Payload = Readonly<Record<string, { readonly id: string } | undefined>> & {
  readonly userErrors: readonly { readonly code: string }[];
};

export class Builder {
  private commands = 0;
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    readonly company: Company,
    readonly world: World,
    readonly random: Random,
  ) {}

  authorization(user: string, roles: readonly string[], departments: readonly string[] = []): Promise<string> {
    const key = JSON.stringify([user, roles, departments]);
    let token = this.tokens.get(key);
    if (!token) {
      token = signToken(this.company.secret, { user, roles, departments, expiresIn: "24h" }).then(
        (text) => `Bearer ${text}`,
      );
      this.tokens.set(key, token);
    }
    return token;
  }

  /** Sends a command as somebody who sees and may everything; throws when it is refused. */
  async send(
    mutation: string,
    selected: string,
    input: object,
    user = "boss",
    departments?: string[],
  ): Promise<Payload> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { ${selected} userErrors { code message } } }`;
    const commandId = uuidFrom("scope", `${this.random.below(2 ** 31)}`, `${this.commands++}`);
    const authorization = await this.authorization(user, ["admin"], departments);
    const variables = { input: { commandId, ...input } };
    const answer = (await this.company.request(authorization, { query, variables })) as { data?: { told: Payload } };
    const told = answer.data?.told;
    if (!told || told.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
    return told;
  }

  async build(): Promise<void> {
    const customers: string[] = [];
    for (let index = 0; index < CUSTOMERS; index++) customers.push(await this.customer(index));
    for (let index = 0; index < QUOTATIONS; index++) await this.quotation(index, customers);
    const orders: string[] = [];
    for (let index = 0; index < ORDERS; index++) orders.push(await this.order(index, customers));
    await this.company.settled();
    await this.shipments(orders);
    await this.exchanges(orders);
    for (const orderId of orders) await this.about(orderId);
    await this.elsewhere(customers);
    for (let changes = 0; changes < ORDERS; changes++) await this.changeScope();
    await this.company.settled();
  }

  /** Moves, assigns, shares an order, or takes a share back. */
  async changeScope(): Promise<void> {
    const { random, world } = this;
    const orderId = random.pick(
      world
        .of("Order")
        .map(({ id }) => id)
        .concat(this.orderIds),
    );
    const own = world.own.get(orderId)!;
    const keep = (changes: Partial<Own>) => void world.own.set(orderId, { ...own, ...changes });
    const [share] = own.shares;
    switch (random.below(4)) {
      case 0: {
        const department = random.pick(DEPARTMENTS);
        await this.send("moveOrder", "revision", { orderId, department, reason: "reorganisation" });
        return keep({ department });
      }
      case 1: {
        const persons = [...new Set([random.pick(PERSONS), random.pick(PERSONS)])];
        const [assignee, ...collaborators] = persons;
        await this.send("assignOrder", "revision", { orderId, assignee, collaborators });
        return keep({ persons });
      }
      case 2: {
        const given = random.chance(0.5) ? { person: random.pick(PERSONS) } : { department: random.pick(DEPARTMENTS) };
        await this.send("shareOrder", "revision", { orderId, ...given });
        const others = own.shares.filter((each) => JSON.stringify(each) !== JSON.stringify(given));
        return keep({ shares: [...others, given] });
      }
      default:
        if (!share) return;
        await this.send("unshareOrder", "revision", { orderId, ...share });
        return keep({ shares: own.shares.slice(1) });
    }
  }

  private readonly orderIds: string[] = [];
  private readonly delivered: string[] = [];
  private readonly customerOf = new Map<string, string>();

  private async customer(index: number): Promise<string> {
    const { random } = this;
    const department = random.pick(DEPARTMENTS);
    const assignee = random.pick(PERSONS);
    const kind = index % 3 === 0 ? "PERSON" : "ORGANISATION";
    const reference = { system: "erp", number: `E${index}` };
    const input = { kind, name: `Buyer ${index % 4}`, country: random.pick(["DE", "CN"]), department, assignee };
    const told = await this.send("registerCustomer", "customer { id }", { ...input, externalReferences: [reference] });
    const id = told["customer"]!.id;
    this.world.own.set(id, { department, persons: [assignee], shares: [] });
    await this.send("registerContact", "revision", { customerId: id, name: `Contact ${index}` });
    return id;
  }

  /** Of some the customer has nothing yet, others were sent, every third one has become an order. */
  private async quotation(index: number, customers: readonly string[]): Promise<void> {
    const { random } = this;
    const [customerId, department, assignee] = [random.pick(customers), random.pick(DEPARTMENTS), random.pick(PERSONS)];
    const lines = [{ sku: "A-1", quantity: "4", unitPrice: { minor: "250", currency: "EUR" } }];
    const input = { customerId, currency: "EUR", department, assignee, lines, validUntil: "2100-01-31" };
    const quotationId = (await this.send("draftQuotation", "quotation { id }", input))["quotation"]!.id;
    const own = { department, persons: [assignee], shares: [] };
    this.world.own.set(quotationId, own);
    if (index % 3 > 0) await this.send("sendQuotation", "revision", { quotationId });
    if (index % 3 < 2) return;
    const told = await this.send("acceptQuotation", "orderId", { quotationId, version: 1 });
    const orderId = told["orderId"] as unknown as string;
    this.world.own.set(orderId, own);
    this.customerOf.set(orderId, customerId);
    this.orderIds.push(orderId);
  }

  private async order(index: number, customers: readonly string[]): Promise<string> {
    const { random } = this;
    const [customerId, department, assignee] = [random.pick(customers), random.pick(DEPARTMENTS), random.pick(PERSONS)];
    const unitPrice = { minor: "250", currency: "EUR" };
    const requestedOn = random.chance(0.5) ? "2026-01-15" : "2030-01-15";
    const lines = [{ sku: "A-1", quantity: "4", unitPrice, requestedOn }];
    const references = [{ system: "erp", number: `R${index}` }];
    const input = { channel: "SALES", customerId, currency: "EUR", department, assignee, references, lines };
    const orderId = (await this.send("receiveOrder", "order { id }", input))["order"]!.id;
    this.world.own.set(orderId, { department, persons: [assignee], shares: [] });
    this.customerOf.set(orderId, customerId);
    this.orderIds.push(orderId);
    if (index % 8 === 7) {
      await this.send("recordDiscrepancy", "revision", { orderId, aspect: "PRICE" });
      return orderId;
    }
    await this.send("verifyOrder", "revision", { orderId }, "chen");
    await this.send("confirmOrder", "revision", { orderId, promiseRequested: true });
    return orderId;
  }

  /** Of one to three orders each; some arrive (late or not), some are lost, some wait. */
  private async shipments(orders: readonly string[]): Promise<void> {
    const { random } = this;
    const free = orders.filter((_, index) => index % 8 !== 7);
    for (let index = 0; free.length > 0; index++) {
      const taken = free.splice(0, 1 + random.below(3));
      const all = taken.map((orderId) => ({ orderId }));
      const goods = taken.map((orderId) => ({ orderId, lineId: "1", quantity: "4" }));
      const packages = index % 2 === 0 ? { packages: [{ packageId: "1", lines: goods }] } : {};
      const plan = { orders: all, mode: "ROAD", carrier: random.pick(["SF", "DHL"]), ...packages };
      const shipmentId = (await this.send("planShipment", "shipment { id }", plan))["shipment"]!.id;
      if (index % 5 === 4) continue;
      await this.company.settled();
      await this.send("bookShipment", "revision", { shipmentId, carrier: "SF" });
      if (index % 4 === 1) await this.send("placeHold", "revision", { orderId: taken[0], hold: "CREDIT" });
      if (index % 4 === 1) await this.company.settled();
      await this.send("dispatchShipment", "revision", { shipmentId, reported: true });
      if (index % 3 === 0) await this.send("declareLost", "revision", { shipmentId });
      else {
        await this.send("confirmDelivery", "revision", { shipmentId });
        this.delivered.push(...taken);
      }
    }
  }

  /** Something of what was delivered comes back, and another order of the customer brings an exchange where there is one. */
  private async exchanges(orders: readonly string[]): Promise<void> {
    await this.company.settled();
    for (const orderId of this.delivered) {
      const back = { orderId, lines: [{ lineId: "1", quantity: "1" }], reason: "damaged", remedy: "EXCHANGE" };
      const told = await this.send("authoriseReturn", "order { id returns { returnId } }", back);
      const [{ returnId }] = (told["order"] as unknown as { returns: [{ returnId: string }] }).returns;
      const others = orders.filter((id) => id !== orderId && this.customerOf.get(id) === this.customerOf.get(orderId));
      const exchangeOrderId = others.length > 0 ? this.random.pick(others) : undefined;
      if (exchangeOrderId) await this.send("linkExchange", "revision", { orderId, returnId, exchangeOrderId });
    }
  }

  /** What people say, ask and pay about an order. */
  private async about(orderId: string): Promise<void> {
    const { random } = this;
    const customerId = this.customerOf.get(orderId)!;
    const told = { customerId, orderId };
    let caseId: string | undefined;
    if (random.chance(0.6)) {
      const kind = random.pick(["INQUIRY", "COMPLAINT"]);
      caseId = (await this.send("openCase", "case { id }", { ...told, kind, subject: "delay" }))["case"]!.id;
    }
    if (random.chance(0.6)) {
      const severity = random.pick(["MINOR", "SEVERE"]);
      const of = caseId !== undefined && random.chance(0.5) ? { caseId } : { orderId };
      const issueId = (await this.send("openIssue", "issue { id }", { ...of, severity, title: "delay" }))["issue"]!.id;
      const triage = { severity, owner: random.pick(PERSONS), responsibleParty: "US" };
      if (random.chance(0.5)) await this.send("triageIssue", "revision", { issueId, ...triage });
    }
    const call = { ...told, channel: "CALL", direction: "INBOUND" };
    if (random.chance(0.5)) await this.send("logInteraction", "revision", call);
    if (caseId !== undefined && random.chance(0.5)) {
      await this.send("logInteraction", "revision", { customerId, caseId, channel: "MAIL", direction: "OUTBOUND" });
    }
    if (random.chance(0.6)) await this.send("recordSatisfaction", "revision", { ...told, score: 1 + random.below(5) });
    if (random.chance(0.5)) await this.attachment(orderId);
    const shipped = await this.notInvoiced(orderId);
    if (shipped && random.chance(0.7)) await this.send("issueInvoice", "revision", { orderId });
    if (random.chance(0.5)) await this.receipt([orderId, random.pick(this.orderIds)]);
  }

  private async attachment(orderId: string): Promise<void> {
    const bytes = Buffer.from(`packed ${orderId}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = { orderId, name: "list.txt", mediaType: "text/plain", size: bytes.length, sha256 };
    await this.company.blobs.put(blobKeyOf(file)!, { ...file, bytes: () => Readable.from([bytes]) });
    await this.send("attachFile", "revision", file);
  }

  private async notInvoiced(id: string): Promise<boolean> {
    const query = "query ($id: ID!) { order(id: $id) { notInvoicedSince lifecycle } }";
    const authorization = await this.authorization("boss", ["admin"]);
    const answer = await this.company.request(authorization, { query, variables: { id } });
    const { order } = (answer as { data: { order: Record<string, string | null> } }).data;
    return order["notInvoicedSince"] !== null && !["RECEIVED", "VERIFIED"].includes(order["lifecycle"]!);
  }

  private async receipt(orders: readonly string[]): Promise<void> {
    const department = this.random.pick(DEPARTMENTS);
    const amount = { minor: "500", currency: "EUR" };
    const input = { customerId: this.customerOf.get(orders[0]!), amount, method: "transfer", department };
    const receiptId = (await this.send("recordReceipt", "receipt { id }", input))["receipt"]!.id;
    this.world.own.set(receiptId, { department, persons: ["boss"], shares: [] });
    const allocations = [...new Set(orders)].map((orderId) => ({ orderId, amount: { ...amount, minor: "100" } }));
    await this.send("allocateReceipt", "revision", { receiptId, allocations });
  }

  /** What is about no order: a customer's own, and what a person has found. */
  private async elsewhere(customers: readonly string[]): Promise<void> {
    for (const customerId of customers) {
      await this.send("openCase", "revision", { customerId, kind: "INQUIRY", subject: "price" });
      await this.send("recordSatisfaction", "revision", { customerId, score: 3 });
      const department = this.random.pick(DEPARTMENTS);
      const user = this.random.pick(PERSONS);
      const input = { severity: "MINOR", title: "found" };
      const told = await this.send("openIssue", "issue { id }", input, user, [department]);
      this.world.own.set(told["issue"]!.id, { department, persons: [user], shares: [] });
    }
  }
}
