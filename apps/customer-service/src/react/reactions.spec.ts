import { afterEach, describe, expect, test } from "@jest/globals";
import { contractOf, type PublicEvent } from "@gendan/contracts";
import { uuidFrom, type Found, type Happened, type HappenedMeta } from "@gendan/eventing";
import { FIELDS_ID } from "../domain/fields/fields.decider.js";
import type { OrderState } from "../domain/order/order.decider.js";
import { caseId, customerId, issueId, orderId, scope, shipmentId, slotId } from "../domain/spec.js";
import { reactions } from "./reactions.js";

const eventId = "00000000-0000-4000-8000-00000000e0e0";
const otherOrder = "00000000-0000-4000-8000-0000000000a2";
const at = "2026-03-02T08:00:00.000Z";
const actor = { kind: "service", id: "order" } as const;

/** What all reactions make of a public event that keeps its contract. */
function reacted(event: PublicEvent, meta: Partial<HappenedMeta> = {}) {
  const { type, ...data } = event;
  const contract = contractOf(type)!;
  expect(() => contract.read(contract.newest, data)).not.toThrow();
  const happened: Happened<PublicEvent> = {
    id: eventId,
    source: contract.topic,
    aggregateId: orderId,
    sequence: 16,
    event,
    meta: { actor, occurredAt: at, recordedAt: at, ...meta },
  };
  return reactions
    .filter(({ topic, on }) => topic === contract.topic && on === type)
    .flatMap(({ react, reads }) =>
      react(
        event,
        happened,
        (reads?.(event) ?? []).map(({ id }) => copies[id]),
      ),
    );
}

/** This service's copies of orders, as the reactions find them. */
let copies: Readonly<Record<string, Found<OrderState>>> = {};
afterEach(() => void (copies = {}));

const slotOf = (rule: string, source: string): string => uuidFrom("slot", rule, source);
const order = { customerId, ...scope };
const aboutOrder = { orderId, shipmentId, orderIds: [orderId], customerId };

describe("the local copy of an order", () => {
  const received: PublicEvent = {
    type: "order.received",
    orderId,
    number: "SO-2026-000001",
    channel: "mail",
    customerId,
    currency: "CNY",
    zone: "Asia/Shanghai",
    receivedAt: at,
    receivedOn: "2026-03-02",
    lines: [],
    amount: { minor: "0", currency: "CNY" },
    freight: { minor: "0", currency: "CNY" },
    ...scope,
  };
  test("follows its receipt and its cancellation", () => {
    const noted = { number: "SO-2026-000001", customerId, zone: "Asia/Shanghai", ...scope };
    expect(reacted(received)).toEqual([
      { aggregate: "customer.order", target: orderId, command: { type: "NoteOrder", ...noted } },
    ]);
    expect(reacted({ type: "order.cancelled", orderId, reason: "changed-mind", cancelledBy: "customer" })).toEqual([
      { aggregate: "customer.order", target: orderId, command: { type: "NoteOrderCancellation" } },
    ]);
  });
});

test("the local copy of custom fields is of customers' alone, and of the version that was told", () => {
  const [ofCustomer, ofLine] = ["customer", "line"].map((of) => ({
    name: "quota",
    of,
    type: "decimal",
    required: true,
    personal: false,
  }));
  const defined = { rulesId: slotId, version: 7, fields: [ofLine!, ofCustomer!], definedOnly: true };
  const { of: _, ...kept } = ofCustomer!;
  expect(reacted({ type: "custom.fields.defined", ...defined })).toEqual([
    {
      aggregate: "customer.fields",
      target: FIELDS_ID,
      command: { type: "NoteCustomFields", version: 7, fields: [kept], definedOnly: true },
    },
  ]);
});

describe("a late delivery", () => {
  const late: Extract<PublicEvent, { type: "order.delivered" }> = {
    type: "order.delivered",
    orderId,
    shipmentId,
    lines: [],
    deliveredAt: at,
    deliveredOn: "2026-03-02",
    delivery: "Full",
    late: true,
    breaches: [],
    ...order,
  };
  const target = slotOf("late-delivery", orderId);

  test("asks for the order's slot, on the local day of the delivery, also where it is history", () => {
    const command = {
      type: "TakeSlot",
      issueId: uuidFrom("issue", target, eventId),
      rule: "late-delivery",
      source: orderId,
      severity: "minor",
      title: "late-delivery",
      about: aboutOrder,
      on: { day: "2026-03-02" },
      ...scope,
    };
    expect(reacted(late)).toEqual([{ aggregate: "customer.slot", target, command }]);
    expect(reacted(late, { historical: true })).toEqual([{ aggregate: "customer.slot", target, command }]);
  });
  test("asks for nothing when it was in time, or lies in the future", () => {
    expect(reacted({ ...late, late: false })).toEqual([]);
    expect(reacted(late, { claimedAt: "2199-01-01T00:00:00.000Z" })).toEqual([]);
  });
  test("is a late hand-over where that is the delivery", () => {
    const handOver = { on: "2026-03-10", late: true, lines: [], extent: "Full" as const };
    const shipped: Extract<PublicEvent, { type: "order.shipped" }> = {
      type: "order.shipped",
      orderId,
      shipmentId,
      lines: [],
      shippedAt: "2026-03-10T02:00:00.000Z",
      zone: "Asia/Shanghai",
      shipping: "Full",
      breaches: [],
      department: "cn/east",
      visibleTo: [],
      handOver,
    };
    expect(reacted(shipped)).toMatchObject([{ target, command: { rule: "late-delivery", on: { day: "2026-03-10" } } }]);
    expect(reacted({ ...shipped, handOver: { ...handOver, late: false } })).toEqual([]);
  });
});

describe("a lost shipment", () => {
  const lost: Extract<PublicEvent, { type: "shipment.lost" }> = {
    type: "shipment.lost",
    shipmentId,
    orderIds: [orderId],
    orders: [],
    packageIds: ["1"],
    lostAt: at,
    zone: "Asia/Shanghai",
    customerId,
    ...scope,
  };
  test("asks for the shipment's slot: it is severe", () =>
    expect(reacted(lost)).toMatchObject([
      {
        target: slotOf("lost-shipment", shipmentId),
        command: { severity: "severe", source: shipmentId, about: aboutOrder, on: { zone: "Asia/Shanghai" } },
      },
    ]));
  test("of several orders is one issue about all of them", () => {
    const found = reacted({ ...lost, orderIds: [orderId, otherOrder], zone: undefined, customerId: undefined });
    expect(found).toMatchObject([
      { command: { about: { shipmentId, orderIds: [orderId, otherOrder] }, on: { zone: "UTC" } } },
    ]);
    expect(found[0]!.command).not.toHaveProperty("about.orderId", orderId);
  });
  test("that lies in the future asks for nothing", () =>
    expect(reacted(lost, { claimedAt: "2199-01-01T00:00:00.000Z" })).toEqual([]));
});

describe("goods that left against a rule", () => {
  const shipped: Extract<PublicEvent, { type: "order.shipped" }> = {
    type: "order.shipped",
    orderId,
    shipmentId,
    lines: [],
    shippedAt: at,
    zone: "Asia/Shanghai",
    shipping: "Full",
    breaches: [{ code: "SHIPPED_UNDER_HOLD", detail: "credit" }],
    ...order,
  };
  const dispatched: Extract<PublicEvent, { type: "shipment.dispatched" }> = {
    type: "shipment.dispatched",
    shipmentId,
    orderIds: [orderId, otherOrder],
    orders: [],
    dispatchedAt: at,
    breaches: [{ code: "DISPATCHED_UNDER_HOLD", orderId: otherOrder }],
    ...scope,
  };
  const severe = { rule: "dispatch-breach", severity: "severe" };

  test("ask for the order's slot by what the order knows", () =>
    expect(reacted(shipped)).toMatchObject([
      { target: slotOf("dispatch-breach", orderId), command: { ...severe, source: orderId, about: aboutOrder } },
    ]));
  test("ask for the same slot by what the shipment knows, for the orders concerned", () => {
    expect(reacted(dispatched)).toMatchObject([
      { target: slotOf("dispatch-breach", otherOrder), command: { ...severe, about: { orderIds: [otherOrder] } } },
    ]);
    const ofAll = { ...dispatched, breaches: [{ code: "DISPATCHED_NOT_ALLOCATED" }, { code: "DISPATCHED_UNDER_HOLD", orderId }] }; // prettier-ignore
    expect(reacted(ofAll).map(({ target }) => target)).toEqual([
      slotOf("dispatch-breach", orderId),
      slotOf("dispatch-breach", otherOrder),
    ]);
  });
  test("each for who sees its own order, whoever sees another one of the shipment", () => {
    const own = { department: "us", assignee: undefined, visibleTo: ["d:", "d:us"] };
    const noted = { type: "order.noted", number: "SO-2", customerId, zone: "UTC", ...own } as const;
    copies = { [otherOrder]: { state: { noted, cancelled: false, dependants: [] }, revision: 0 } };
    expect(reacted(dispatched)).toMatchObject([{ command: own }]);
  });
  test("ask for nothing when they left as they should", () => {
    expect(reacted({ ...shipped, breaches: [] })).toEqual([]);
    expect(reacted({ ...dispatched, breaches: [] })).toEqual([]);
  });
});

describe("an issue that a rule found", () => {
  test("is opened when its slot was taken, under a number for people", () => {
    const found = { rule: "late-delivery", source: orderId, severity: "minor", title: "late-delivery" } as const;
    const taken = { slotId, issueId, ...found, occurredAt: at, occurredOn: "2026-03-02", ...aboutOrder, ...scope };
    expect(reacted({ type: "issue.slot.taken", ...taken })).toEqual([
      {
        aggregate: "customer.issue",
        target: issueId,
        numbered: "IS",
        command: {
          type: "OpenIssueByRule",
          severity: "minor",
          title: "late-delivery",
          finding: { rule: "late-delivery", source: orderId, slotId },
          about: aboutOrder,
          openedOn: "2026-03-02",
          ...scope,
        },
      },
    ]);
  });
});

describe("an issue", () => {
  const about = { issueId, caseId, orderIds: [orderId, otherOrder] };
  const opened: PublicEvent = {
    type: "issue.opened",
    ...about,
    number: "IS-2026-000001",
    severity: "severe",
    title: "damage",
    openedAt: at,
    openedOn: "2026-03-02",
    ...scope,
  };
  const dependant = { kind: "issue", id: issueId };

  test("is linked to its case and noted by each of its orders", () =>
    expect(reacted(opened)).toEqual([
      { aggregate: "customer.case", target: caseId, command: { type: "LinkIssue", issueId } },
      { aggregate: "customer.order", target: orderId, command: { type: "NoteDependant", dependant } },
      { aggregate: "customer.order", target: otherOrder, command: { type: "NoteDependant", dependant } },
    ]));
  test("lets its case and its slot go when it is closed", () =>
    expect(reacted({ type: "issue.closed", ...about, slotId, cause: "packing" })).toEqual([
      { aggregate: "customer.case", target: caseId, command: { type: "UnlinkIssue", issueId } },
      { aggregate: "customer.slot", target: slotId, command: { type: "ReleaseSlot", issueId } },
    ]));
  test("of nobody's case, order or rule concerns nobody else", () => {
    expect(reacted({ ...opened, caseId: undefined, orderIds: [] })).toEqual([]);
    expect(reacted({ type: "issue.closed", issueId, orderIds: [], cause: "packing" })).toEqual([]);
  });
});

test("a case is noted by its order", () => {
  const opened: PublicEvent = {
    type: "case.opened",
    caseId,
    number: "CS-2026-000001",
    kind: "complaint",
    customerId,
    subject: "damage",
    priority: "high",
    openedAt: at,
    orderId,
    ...scope,
  };
  const dependant = { kind: "case", id: caseId };
  expect(reacted(opened)).toEqual([
    { aggregate: "customer.order", target: orderId, command: { type: "NoteDependant", dependant } },
  ]);
  expect(reacted({ ...opened, orderId: undefined })).toEqual([]);
});

test("no two reactions have one name: their commands' ids derive from it", () =>
  expect(new Set(reactions.map(({ name }) => name)).size).toBe(reactions.length));

describe("what is about an order follows its scope", () => {
  const moved = { department: "cn/west", assignee: undefined, visibleTo: ["d:", "d:cn", "d:cn/west"] };
  const noted = { type: "order.noted", number: "SO-1", customerId, zone: "UTC", ...moved } as const;
  const dependants = (["case", "issue", "interaction", "satisfaction"] as const).map((kind) => ({ kind, id: issueId }));
  const state = {
    noted,
    scoped: { type: "order.scope.noted", sequence: 32, ...moved },
    cancelled: false,
    dependants,
  } as const;
  const { scoped: _, ...unmoved } = state;
  const follow = (kind: string, id: string, ...orderIds: string[]) => ({
    aggregate: `customer.${kind}`,
    target: id,
    command: { type: "FollowScope", orders: orderIds.map((each) => ({ orderId: each, revision: 9, ...moved })) },
  });
  const changed: PublicEvent = { type: "order.scope.changed", orderId, change: "moved", ...moved };
  const openedCase: PublicEvent = {
    type: "case.opened",
    caseId,
    number: "CS-1",
    kind: "inquiry",
    customerId,
    subject: "delay",
    priority: "low",
    openedAt: at,
    orderId,
    ...scope,
  };
  const openedIssue = (...orderIds: string[]): PublicEvent => {
    const about = { orderId, orderIds, customerId };
    return {
      type: "issue.opened",
      issueId,
      ...about,
      number: "IS-1",
      severity: "minor",
      title: "x",
      openedAt: at,
      openedOn: "2026-03-02",
      ...scope,
    };
  };
  const following = (event: PublicEvent) => reacted(event).filter(({ command }) => command.type === "FollowScope");

  test("all that the copy lists, once the copy has noted it", () => {
    copies = { [orderId]: { state, revision: 9 } };
    const note = { type: "NoteOrderScope", sequence: 16, ...moved };
    expect(reacted(changed)).toEqual([
      { aggregate: "customer.order", target: orderId, command: note },
      ...dependants.map(({ kind, id }) => follow(kind, id, orderId)),
    ]);
  });
  test("what was begun while it changed, and nothing else", () => {
    const logged = {
      type: "interaction.logged",
      interactionId: caseId,
      channel: "call",
      direction: "inbound",
      customerId,
      orderId,
      ...scope,
    } as const;
    const answer = {
      type: "satisfaction.recorded",
      satisfactionId: caseId,
      customerId,
      score: 1,
      recordedOn: "2026-03-02",
      orderId,
      ...scope,
    } as const;
    const all = [openedCase, logged, answer, openedIssue(orderId)];
    copies = { [orderId]: { state: unmoved, revision: 9 } };
    expect(all.flatMap(following)).toEqual([]);
    copies = { [orderId]: { state, revision: 9 } };
    expect(all.flatMap(following)).toEqual([
      follow("case", caseId, orderId),
      follow("interaction", caseId, orderId),
      follow("satisfaction", caseId, orderId),
      follow("issue", issueId, orderId),
    ]);
  });
  test("an issue about several orders knows each from its beginning", () => {
    copies = { [orderId]: { state: unmoved, revision: 9 }, [otherOrder]: { state: unmoved, revision: 9 } };
    expect(following(openedIssue(orderId, otherOrder))).toEqual([follow("issue", issueId, orderId, otherOrder)]);
  });
  test("of an order that was not heard of yet there is nothing to follow", () => {
    copies = { [orderId]: { state: { cancelled: false, dependants: [] }, revision: 0 } };
    expect(following(openedIssue(orderId, otherOrder))).toEqual([]);
    expect(following(changed)).toEqual([]);
  });
});
