// One order's story, made from its shape: which commands come one after the other, and when.
import { derivedId, uuidFrom } from "@gendan/eventing";
import type { Random } from "../chaos/random.js";
import { money } from "./catalogue.js";
import { commandIdOf, DAY, dayOf, HOUR, type Command, type Story, type User } from "./command.js";
import { received, type OrderDraft } from "./order-draft.js";
import { STAGES, type Shape, type Stage } from "./shapes.js";

/** Some commands that come together, so many hours after those before them. `make` is called when all times are known. */
interface Step {
  readonly after: number;
  readonly make: (at: number) => readonly Command[];
  /** Goods arrive with it: the day promised is before or after. */
  readonly arrival?: true;
}

interface Telling {
  readonly shape: Shape;
  /** Two that travel together, or one. */
  readonly orders: readonly OrderDraft[];
  readonly random: Random;
  readonly now: number;
  /** The day that everything is asked for and promised; known when the times are. */
  readonly dueOn: () => string;
}

/** Nothing of an order happened within the last hour: clocks differ. */
const NEWEST_HOURS = 1;
/** Of the orders delivered in time, those that were promised for another day in between. */
const REPROMISED_SHARE = 0.15;
/** Delivered, or overdue, at least so many days away from the promised day: in every zone. */
const FAR_DAYS = 2;

export function orderStory(shape: Shape, orders: readonly OrderDraft[], random: Random, now: number): Story {
  const [youngest, oldest] = shape.age;
  const age = (youngest + ((oldest - youngest) * (1 + random.below(1_000))) / 1_000) * DAY;
  const start = now - age;
  let due = 0;
  const telling: Telling = { shape, orders, random, now, dueOn: () => dayOf(due) };
  const steps = [...entering(telling), ...shipping(telling), ...ending(telling)];
  const hours = steps.reduce((sum, { after }) => sum + after, 0);
  // A young order went through it faster.
  const pace = Math.min(1, Math.max(0, age / HOUR - NEWEST_HOURS) / Math.max(hours, 1));
  const times: number[] = [];
  for (const { after } of steps) times.push((times.at(-1) ?? start) + Math.round(after * pace * HOUR));
  const arrival = times[steps.findLastIndex((step) => step.arrival)] ?? now;
  const far = (FAR_DAYS + random.below(4)) * DAY;
  due = shape.late ? Math.max(arrival - far, start + DAY) : arrival + far;
  return steps.map(({ make }, n) => make(times[n]!));
}

const reaches = ({ until }: Shape, stage: Stage): boolean => STAGES.indexOf(until) >= STAGES.indexOf(stage);

/** From the customer's request to the confirmed order, held or cancelled where its shape says so. */
function entering(telling: Telling): Step[] {
  const { shape, orders, random, dueOn } = telling;
  const gap = (most: number): number => 1 + random.below(most);
  const each = (after: number, make: (order: OrderDraft, at: number) => Command): Step => ({
    after,
    make: (at) => orders.map((order) => make(order, at)),
  });
  const reprom = shape.until === "closed" && !shape.late && random.chance(REPROMISED_SHARE);
  const asked = (): string => (reprom ? dayOf(Date.parse(dueOn()) - DAY) : dueOn());
  const steps = [
    each(0, (order, at) => to(order.fed ? "web-shop" : order.enterer, "receiveOrder", at, received(order, asked()))),
  ];
  if (shape.discrepancy) steps.push(...discrepancy(shape, orders, gap));
  if (reaches(shape, "verified")) steps.push(each(gap(20), verification));
  if (reaches(shape, "confirmed"))
    steps.push(
      each(gap(30), (order, at) =>
        to(order.enterer, "confirmOrder", at, { orderId: order.id, promiseRequested: true }),
      ),
    );
  if (reprom) {
    const change = { lineId: "1", reason: "material-late", askedBy: "SUPPLIER" };
    const schedules = (order: OrderDraft): readonly number[] => order.lines[0]!.quantities;
    steps.push({
      after: gap(24),
      make: (at) =>
        orders.flatMap((order) =>
          schedules(order).map((_, n) =>
            to(order.enterer, "repromiseSchedule", at + n, {
              orderId: order.id,
              ...change,
              scheduleId: String(n + 1),
              promisedOn: dueOn(),
            }),
          ),
        ),
    });
  }
  if (shape.money === "prepaid") steps.push(...paying(telling, 24));
  if (shape.holds && shape.holdWhen !== "beforeDispatch") steps.push(...holding(telling));
  if (shape.cancelledBy && !reaches(shape, "planned")) steps.push(cancelling(telling));
  return steps;
}

function verification(order: OrderDraft, at: number): Command {
  const ruleSet = order.fed ? { ruleSet: "completeness@1" } : {};
  return to(order.verifier, "verifyOrder", at, { orderId: order.id, ...ruleSet });
}

function discrepancy(shape: Shape, orders: readonly OrderDraft[], gap: (most: number) => number): Step[] {
  const [order] = orders as readonly [OrderDraft];
  const found = {
    orderId: order.id,
    lineId: "1",
    aspect: "PRICE",
    ours: "as entered",
    theirs: "3 % less",
    note: "报价单与订单不一致",
  };
  const record = (at: number): Command => to(order.enterer, "recordDiscrepancy", at, found);
  const steps: Step[] = [{ after: gap(8), make: (at) => [record(at)] }];
  if (shape.discrepancy === "open") return steps;
  const discrepancyId = derivedId("order.discrepancy", commandIdOf(record(0)));
  const resolution = { orderId: order.id, discrepancyId, outcome: "AGREED", note: "客户已确认" };
  return [...steps, { after: gap(20), make: (at) => [to(order.enterer, "resolveDiscrepancy", at, resolution)] }];
}

/** One step for each hold: an order is under several at once. */
const holding = ({ shape, orders, random }: Telling): Step[] =>
  shape.holds!.map((hold) => ({
    after: 2 + random.below(10),
    make: (at) =>
      orders.map(({ id, enterer }) =>
        to(hold === "CREDIT" ? "zhao" : enterer, "placeHold", at, { orderId: id, hold, note: "待处理 to be settled" }),
      ),
  }));

const cancelling = ({ shape, orders, random }: Telling): Step => ({
  after: 6 + random.below(40),
  make: (at) =>
    orders.map(({ id, enterer }) =>
      to(enterer, "cancelOrder", at, {
        orderId: id,
        cancelledBy: shape.cancelledBy,
        reason: shape.cancelledBy === "US" ? "not-producible" : "changed-mind",
      }),
    ),
});

/** From the plan to the arrival, or as far as the shape goes. */
function shipping(telling: Telling): Step[] {
  const { shape, orders, random } = telling;
  if (shape.servicesOnly || !reaches(shape, "planned")) return [];
  const first = shape.split ? onlyFirstSchedule(orders[0]!) : {};
  const one = journey(telling, 1, first, shape.lost ? "lost" : shape.split ? "arrives" : "asShaped");
  const other =
    shape.split === "restDelivered" || shape.split === "restOnTheWay" || shape.lost === "sentAgain"
      ? journey(telling, 2, {}, shape.split === "restOnTheWay" ? "underWay" : "arrives")
      : [];
  const steps = [...one, ...other];
  if (shape.cancelledBy) steps.push(cancelling(telling));
  if (shape.acceptedBy || !reaches(shape, "accepted")) return steps;
  return [
    ...steps,
    { after: 2 + random.below(30), make: (at) => orders.flatMap((order) => answered(order, at, random)) },
  ];
}

const onlyFirstSchedule = ({ lines: [line] }: OrderDraft): object => ({
  lines: [{ lineId: "1", scheduleId: "1", quantity: String(line!.quantities[0]) }],
});

type Fate = "asShaped" | "arrives" | "underWay" | "lost";

/** One shipment. What it does not name is everything that is in no shipment yet. */
function journey(telling: Telling, turn: number, lines: object, fate: Fate): Step[] {
  const { shape, orders, random } = telling;
  const [order] = orders as readonly [OrderDraft];
  const id = uuidFrom("sample", "shipment", order.id, String(turn));
  const trackingNumber = `TRK${id.slice(0, 8).toUpperCase()}`;
  const carrier = random.pick(["Kranichpost", "Seeweg", "鸿雁速运"]);
  const one = (after: number, mutation: string, input: object, more: Partial<Command> = {}): Step => ({
    after,
    make: (at) => [{ ...to("chen", mutation, at, { shipmentId: id, ...input }), ...more }],
  });
  const plan = {
    id,
    mode: random.pick(["PARCEL", "ROAD", "SEA", "AIR"]),
    carrier,
    shipFrom: random.pick(["WH-NINGBO", "WH-FOSHAN"]),
    packages: [{ packageId: "1", trackingNumber }],
  };
  const planned = orders.map(({ id: orderId }) => ({ orderId, ...lines }));
  const steps: Step[] = [
    { after: 12 + random.below(48), make: (at) => [to("chen", "planShipment", at, { ...plan, orders: planned })] },
  ];
  if (fate !== "underWay" && !reaches(shape, "booked")) return steps;
  steps.push(one(2 + random.below(10), "bookShipment", { bookingReference: `BK-${id.slice(0, 6)}` }));
  if (!reaches(shape, "onTheWay")) return steps;
  const breach = shape.holdWhen === "beforeDispatch";
  if (breach) steps.push(...holding(telling));
  steps.push(
    one(
      4 + random.below(20),
      "dispatchShipment",
      breach ? { reported: true } : {},
      breach ? { raisesIssue: true } : {},
    ),
  );
  const seen = (after: number, code: string, place: string) =>
    one(after, "recordCheckpoint", { code, place, trackingNumber });
  steps.push(
    seen(6 + random.below(20), "IN_TRANSIT", random.pick(["宁波 Ningbo", "Leipzig", "义乌 Yiwu", "Rotterdam"])),
  );
  if (shape.exception) steps.push(...exception(telling, id));
  if (fate === "lost")
    return [...steps, one(72 + random.below(48), "declareLost", { reason: "not-found" }, { raisesIssue: true })];
  if (fate === "underWay" || (fate === "asShaped" && !reaches(shape, "delivered"))) return steps;
  const late = shape.late && fate === "asShaped" ? { raisesIssue: true } : {};
  const timed = shape.acceptedBy === "clock" ? { historical: false } : {};
  const receivedBy = order.customer.contact;
  steps.push(seen(24 + random.below(72), "OUT_FOR_DELIVERY", order.customer.city));
  steps.push({ ...one(3 + random.below(8), "confirmDelivery", { receivedBy }, { ...late, ...timed }), arrival: true });
  return steps;
}

function exception({ shape, random }: Telling, shipmentId: string): Step[] {
  const exceptionId = uuidFrom("sample", "exception", shipmentId);
  const raised = {
    shipmentId,
    exceptionId,
    kind: random.pick(["CUSTOMS", "DELAY", "DAMAGE"]),
    note: "查验 inspection",
  };
  const steps: Step[] = [{ after: 6, make: (at) => [to("chen", "raiseException", at, raised)] }];
  if (shape.exception === "open") return steps;
  const resolution = { shipmentId, exceptionId, resolution: "released" };
  return [...steps, { after: 20, make: (at) => [to("chen", "resolveException", at, resolution)] }];
}

/** What the customer says to the delivery: mostly content, where nothing was late. */
function answered({ id, enterer, customer }: OrderDraft, at: number, random: Random): Command[] {
  const accepted = to(enterer, "acceptDelivery", at, { orderId: id });
  if (random.chance(0.3)) return [accepted];
  const score = random.pick([5, 5, 5, 4, 4, 3, 2, 1]);
  const comment = score > 3 ? "包装很好，准时。Well packed." : "客服回复太慢。Slow to answer.";
  const answer = { id: uuidFrom("sample", "satisfaction", id), customerId: customer.id, orderId: id, score, comment };
  return [accepted, to("sun", "recordSatisfaction", at + 1, answer)];
}

/** Services are accepted without a delivery; then the money, and the end. */
function ending(telling: Telling): Step[] {
  const { shape, orders, random } = telling;
  const steps: Step[] = [];
  if (shape.servicesOnly)
    steps.push({ after: 48, make: (at) => orders.flatMap((order) => answered(order, at, random)) });
  if (shape.money && shape.money !== "prepaid") steps.push(...paying(telling, 24 + random.below(200)));
  if (shape.until !== "closed") return steps;
  return [
    ...steps,
    { after: 8, make: (at) => orders.map(({ id, enterer }) => to(enterer, "closeOrder", at, { orderId: id })) },
  ];
}

/** One receipt for all orders of the story. */
function paying({ shape, orders }: Telling, after: number): Step[] {
  const [{ id, customer, currency }] = orders as readonly [OrderDraft];
  const share = { part: 0.4, full: 1, over: 1.05, prepaid: 1 }[shape.money!];
  const amounts = orders.map(({ total }) => Math.round(total * share));
  const receiptId = uuidFrom("sample", "receipt", id);
  const amount = money(
    amounts.reduce((sum, each) => sum + each, 0),
    currency,
  );
  const receipt = {
    id: receiptId,
    customerId: customer.id,
    amount,
    method: "transfer",
    department: customer.department,
  };
  const allocations = orders.map(({ id: orderId }, n) => ({ orderId, amount: money(amounts[n]!, currency) }));
  return [
    { after, make: (at) => [to("zhao", "recordReceipt", at, receipt)] },
    { after: 2, make: (at) => [to("zhao", "allocateReceipt", at, { receiptId, allocations })] },
  ];
}

const to = (user: User, mutation: string, at: number, input: object): Command => ({
  user,
  mutation,
  at,
  input: input as Command["input"],
});
