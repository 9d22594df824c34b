// A small company for an empty folder: generated, the same every time, made of the mutations that people would send.
import { Fault, uuidFrom } from "@gendan/eventing";
import { randomOf, type Random } from "../chaos/random.js";
import { markets, money } from "./catalogue.js";
import { DAY, HOUR, type Command, type Story } from "./command.js";
import { customerStory, sampleCustomers, type Customer } from "./customers.js";
import { LAST_INTERACTION, UNFINISHED } from "./marks.js";
import { draftOrder } from "./order-draft.js";
import { orderStory } from "./order-story.js";
import { senderTo, type SampleTarget, type Sender } from "./sender.js";
import { shapes, type Shape } from "./shapes.js";
import { caseStory, issueStory, talk, type FoundIssue, type Occasion } from "./trouble-stories.js";

const SEED = 20_261_123;
const CASES = 44;
const TALKS = 90;
const LOOSE_RECEIPTS = 5;
/** The clock accepts old deliveries at once; longer than this it is broken, in milliseconds. */
const CLOCK_MS = 20_000;

interface Tale {
  readonly shape: Shape;
  readonly customer: Customer;
  readonly orderIds: readonly string[];
  readonly story: Story;
}

/** Makes it. Throws STORE_DAMAGED, one line that says what to do, when it is stopped or fails half way. */
export async function makeSample(
  company: SampleTarget,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<{ orders: number; seconds: number }> {
  const started = performance.now();
  const at = now.getTime();
  const random = randomOf(SEED);
  const customers = sampleCustomers(random);
  const tales = shapes.flatMap((shape, n) => talesOf(shape, n, { customers, random, at }));
  try {
    const sender = await senderTo(company, at, signal);
    await sender.tell(customers.map((customer, n) => customerStory(customer, n, at)));
    await sender.tell([...tales.map(({ story }) => story), ...looseReceipts(customers, random, at)]);
    await acceptedByTheClock(sender, company, tales);
    const found = await foundIssues(sender);
    await sender.tell([...found.map((issue, n) => issueStory(issue, n, at)), ...talked(tales, customers, random, at)]);
    await sender.tell([[[lastWord(customers[0]!, random, at)]]]);
  } catch (cause) {
    if (signal.aborted) throw new Fault("STORE_DAMAGED", UNFINISHED, {}, { cause });
    throw new Fault("STORE_DAMAGED", `${UNFINISHED} What happened: ${String(cause)}`, {}, { cause });
  }
  const orders = tales.reduce((sum, { orderIds }) => sum + orderIds.length, 0);
  return { orders, seconds: (performance.now() - started) / 1_000 };
}

interface World {
  readonly customers: readonly Customer[];
  readonly random: Random;
  readonly at: number;
}

const talesOf = (shape: Shape, n: number, { customers, random, at }: World): Tale[] =>
  Array.from({ length: shape.count }, (_, turn) => {
    const customer = random.pick(customers);
    const orders = (shape.joint ? ["a", "b"] : ["a"]).map((which) =>
      // What is paid by one receipt has one currency.
      draftOrder(`${n}-${turn}-${which}`, shape, customer, shape.joint ? randomOf(n * 1_000 + turn) : random),
    );
    return { shape, customer, orderIds: orders.map(({ id }) => id), story: orderStory(shape, orders, random, at) };
  });

/** Money of which nobody knows yet what it is for. */
const looseReceipts = (customers: readonly Customer[], random: Random, now: number): Story[] =>
  Array.from({ length: LOOSE_RECEIPTS }, (_, n) => {
    const { id: customerId, department } = random.pick(customers);
    const amount = money(100_000 + random.below(900_000), markets[department].currencies[0]!);
    const id = uuidFrom("sample", "receipt", "loose", String(n));
    const input = { id, customerId, amount, method: "transfer", reference: "?", department };
    return [[{ user: "zhao", mutation: "recordReceipt", at: now - (n + 1) * DAY, input }]];
  });

/** Cases and conversations: about orders mostly, some before there is one. */
function talked(tales: readonly Tale[], customers: readonly Customer[], random: Random, now: number): Story[] {
  const occasion = (): Occasion => {
    if (random.chance(0.15)) return { customer: random.pick(customers), since: now - random.below(60 * DAY) - DAY };
    const { customer, orderIds, story } = random.pick(tales);
    return { customer, orderId: random.pick(orderIds), since: Math.max(...story.at(-1)!.map(({ at }) => at)) };
  };
  return [
    ...Array.from({ length: CASES }, (_, n) => caseStory(occasion(), n, random, now)),
    ...Array.from({ length: TALKS }, (_, n) => [
      [talk(uuidFrom("sample", "interaction", String(n)), occasion(), random, now)],
    ]),
  ];
}

const lastWord = (customer: Customer, random: Random, now: number): Command =>
  talk(LAST_INTERACTION, { customer, since: now - 2 * HOUR }, random, now - HOUR);

async function foundIssues(sender: Sender): Promise<FoundIssue[]> {
  const query = "{ issues(first: 100) { nodes { id number severity openedAt } } }";
  const { issues } = (await sender.ask(query)) as { issues: { nodes: (FoundIssue & { number: string })[] } };
  return issues.nodes.sort((one, other) => (one.number < other.number ? -1 : 1));
}

/** Deliveries that nobody answered in time: the clock does, as soon as it hears of them. */
async function acceptedByTheClock(sender: Sender, company: SampleTarget, tales: readonly Tale[]): Promise<void> {
  const ids = tales.filter(({ shape }) => shape.acceptedBy === "clock").flatMap(({ orderIds }) => orderIds);
  const deadline = performance.now() + CLOCK_MS;
  for (const id of ids) {
    const query = "query ($id: ID!) { order(id: $id) { acceptance { acceptedBy } } }";
    const accepted = async (): Promise<boolean> => {
      const { order } = (await sender.ask(query, { id })) as { order: { acceptance: object | null } };
      return order.acceptance !== null;
    };
    while (!(await accepted())) {
      if (performance.now() > deadline) throw new Error(`The clock has not accepted order ${id}.`);
      await company.settled();
    }
  }
}
