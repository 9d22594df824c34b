// Month-end with a customer who has 40 orders: the statement is what a plain ledger says, stays as it was confirmed, and every
// difference with the customer's own sheet is explained.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { VirtualClock } from "@gendan/testing/virtual-clock";
import type { Company } from "./company.js";
import { askAs, companyInMemory, mutationText, type Data } from "./spec.js";

const ORDERS = 40;
const DAY_MS = 86_400_000;
const clock = new VirtualClock("2026-03-02T04:00:00.000Z");
let company: Company;
let customerId: string;

/** One line of the ledger that this spec keeps for itself, in minor units. */
interface Line {
  readonly number: string;
  readonly day: string;
  readonly amount: number;
}
const ledger: Line[] = [];
let creditable: { readonly orderId: string; readonly at: string } | undefined;

const eur = (minor: number) => ({ minor: `${minor}`, currency: "EUR" });
const person = (user: string) => ({ user, roles: ["admin"], departments: [] });
const today = () => new Date(clock.now()).toISOString().slice(0, 10);
async function send(user: string, mutation: string, selected: string, input: object): Promise<Data> {
  const text = mutationText(mutation, selected);
  const { told } = await askAs(company, person(user), text, { input: { commandId: newId(), ...input } });
  expect(told.userErrors).toEqual([]);
  return told as Data;
}

beforeAll(async () => {
  company = await companyInMemory({ clock });
  const registered = { kind: "ORGANISATION", name: "Nordlicht", department: "cn/east" };
  customerId = (await send("li", "registerCustomer", "customer { id }", registered))["customer"].id as string;
  // What is charged here was agreed to be charged with the order.
  await send("li", "setOrderRules", "orderRules { version }", {
    kind: "invoicing",
    rules: { basis: "ordered", days: 30 },
  });
  for (let n = 0; n < ORDERS; n++) {
    await order(n);
    clock.advance(1.2 * DAY_MS);
  }
  await company.settled();
}, 120_000);
afterAll(() => company.stop());

/** An order that is invoiced; some are paid, some in part, some too much, some credited in part. */
async function order(n: number): Promise<void> {
  const line = { sku: `A-${n}`, quantity: `${n + 1}`, unitPrice: eur(1_000 + n), requestedOn: "2027-01-01" };
  const { order: made } = await send("li", "receiveOrder", "order { id total { minor } }", {
    ...{ channel: "SALES", customerId, currency: "EUR", zone: "UTC", department: "cn/east", lines: [line] },
  });
  const [orderId, total] = [made.id as string, Number(made.total.minor)];
  expect(total).toBe((n + 1) * (1_000 + n));
  await send("wang", "verifyOrder", "order { id }", { orderId });
  await send("li", "confirmOrder", "order { id }", { orderId, promiseRequested: true });
  const invoices = "order { invoices { number kind } }";
  const invoiced = await send("zhao", "issueInvoice", invoices, { orderId });
  ledger.push({ number: invoiced["order"].invoices[0].number as string, day: today(), amount: total });
  if (n % 7 === 0) {
    const credit = { orderId, cause: "PRICE", lines: [{ lineId: "1", amount: eur(n + 5) }] };
    const { order: credited } = await send("zhao", "issueCreditNote", invoices, credit);
    ledger.push({ number: credited.invoices[1].number as string, day: today(), amount: -(n + 5) });
  } else if (n < 20) creditable = { orderId, at: new Date(clock.now()).toISOString() };
  if (n % 3 !== 0 && n % 5 !== 0) return;
  const paid = n % 5 === 0 ? Math.floor(total / 2) : n % 11 === 0 ? total + 100 : total;
  const received = { customerId, amount: eur(paid), method: "transfer", department: "cn/east" };
  const { receipt } = await send("zhao", "recordReceipt", "receipt { id number }", received);
  ledger.push({ number: receipt.number as string, day: today(), amount: -paid });
  await send("zhao", "allocateReceipt", "receipt { id }", {
    receiptId: receipt.id,
    allocations: [{ orderId, amount: eur(paid) }],
  });
  if (paid <= total) return;
  await company.settled();
  const refund = { receiptId: receipt.id, orderId, amount: eur(100), reason: "overpaid" };
  await send("zhao", "refundReceipt", "receipt { id }", refund);
  ledger.push({ number: receipt.number as string, day: today(), amount: 100 });
}

const sums = "opening invoiced credited received refunded writtenOff exchanged closing".split(" ");
async function statement(month: string): Promise<Data> {
  const text = `query ($customer: ID!, $month: String!) { statement(customerId: $customer, currency: "EUR", month: $month) {
    ${sums.map((each) => `${each} { minor }`).join(" ")} confirmedAt postings(first: 200) { nodes { number day kind eventId amount { minor } } } } }`;
  const { statement: found } = await askAs(company, person("zhao"), text, { customer: customerId, month });
  return { ...found, ...Object.fromEntries(sums.map((each) => [each, Number(found[each].minor)])) } as Data;
}
/** What the plain ledger says of a month. */
function plainly(month: string) {
  const before = ledger.filter(({ day }) => day.slice(0, 7) < month);
  const own = ledger.filter(({ day }) => day.startsWith(month));
  const sum = (lines: readonly Line[]) => lines.reduce((all, { amount }) => all + amount, 0);
  const of = (prefix: string, sign: number) =>
    sum(own.filter(({ number, amount }) => number.startsWith(prefix) && Math.sign(amount) === sign));
  return {
    opening: sum(before),
    invoiced: of("IN", 1),
    credited: -of("CN", -1),
    received: -of("RC", -1),
    refunded: of("RC", 1),
    closing: sum(before) + sum(own),
  };
}

test("each month's statement is what a plain ledger says, and opens with what the last one closed with", async () => {
  const [march, april] = [await statement("2026-03"), await statement("2026-04")];
  expect(march).toMatchObject({ ...plainly("2026-03"), opening: 0, writtenOff: 0, exchanged: 0, confirmedAt: null });
  expect(april).toMatchObject({ ...plainly("2026-04"), opening: march["closing"] });
  expect(march["invoiced"]).toBeGreaterThan(0);
  expect(march["postings"].nodes.length + april["postings"].nodes.length).toBe(ledger.length);
});

test("a confirmed month stays as it is: what comes later for its days counts in the next one", async () => {
  const march = await statement("2026-03");
  await send("zhao", "confirmStatement", "statement { confirmedAt }", {
    customerId,
    currency: "EUR",
    month: "2026-03",
  });
  const { orderId, at } = creditable!;
  const { order: credited } = await send("zhao", "issueCreditNote", "order { invoices { number } }", {
    ...{ orderId, cause: "PRICE", lines: [{ lineId: "1", amount: eur(77) }] },
    occurredAt: at,
  });
  await company.settled();
  const [after, april] = [await statement("2026-03"), await statement("2026-04")];
  expect({ ...after, confirmedAt: null }).toEqual(march);
  expect(after["confirmedAt"]).not.toBeNull();
  expect(april["credited"]).toBe(plainly("2026-04").credited + 77);
  const { number } = credited.invoices.at(-1);
  expect(april["postings"].nodes).toContainEqual(expect.objectContaining({ number, day: at.slice(0, 10) }));
});

test("every difference with the customer's own sheet is named, with our events", async () => {
  const ours = ledger.filter(({ day }) => day.startsWith("2026-04"));
  const [missing, other, ...rest] = ours.filter(({ number }) => number.startsWith("IN"));
  const earlier = ledger.find(({ number, day }) => number.startsWith("IN") && day.startsWith("2026-03"))!;
  const sheet = [
    ...ours.filter(({ number }) => number !== missing!.number && number !== other!.number),
    { ...other!, amount: other!.amount - 3 },
    { ...earlier, day: "2026-04-01" },
    { number: "IN-2026-999999", day: "2026-04-02", amount: 1_234 },
  ];
  expect(rest.length).toBeGreaterThan(3);
  const lines = sheet.map(({ number, day, amount }) => ({ number, date: day, amount: eur(amount) }));
  const text = `query ($customer: ID!, $lines: [StatementLineInput!]!) {
    reconcileStatement(customerId: $customer, currency: "EUR", month: "2026-04", lines: $lines) {
      kind number ours { minor } theirs { minor } month eventIds } }`;
  const { reconcileStatement: found } = await askAs(company, person("zhao"), text, { customer: customerId, lines });
  const of = (number: string) => (found as Data[]).filter((each) => each["number"] === number);
  expect(of(missing!.number)).toMatchObject([{ kind: "MISSING_THERE", ours: { minor: `${missing!.amount}` } }]);
  expect(of(other!.number)).toMatchObject([{ kind: "AMOUNT_DIFFERS", theirs: { minor: `${other!.amount - 3}` } }]);
  expect(of(earlier.number)).toMatchObject([{ kind: "OTHER_MONTH", month: "2026-03" }]);
  expect(of("IN-2026-999999")).toMatchObject([{ kind: "MISSING_HERE", ours: null, eventIds: [] }]);
  // The credit note of the test before is ours alone.
  expect(found).toHaveLength(5);
  const events = new Set<string>();
  for (const id of (found as Data[]).flatMap((each) => each["eventIds"] as string[])) events.add(id);
  expect(events.size).toBe(4);
});
