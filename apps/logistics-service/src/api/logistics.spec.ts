// Logistics as its callers find it: a shipment's whole life through GraphQL, on real engines.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { eventually } from "@gendan/testing/wait";
import { orderAggregate, shipmentAggregate } from "../service.js";
import { startLogistics, type LogisticsUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["logistics"], departments: ["cn"] };
const fritz: Identity = { user: "fritz", roles: ["logistics"], departments: ["de"] };
const auditor: Identity = { user: "aud", roles: ["auditor"], departments: ["cn"] };
const stranger: Identity = { user: "wang", roles: ["logistics"], departments: ["fr"] };
const importer: Identity = { user: "olist", roles: ["importer"] };

let logistics: LogisticsUnderTest;
beforeAll(async () => {
  logistics = await startLogistics();
});
afterAll(async () => {
  expect(logistics.faults).toEqual([]);
  await logistics.stop();
});

interface Payload {
  readonly shipment?: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: string | null;
    readonly details: unknown;
  }[];
}

const fields = "revision replayed settleToken userErrors { code field message details }";
const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Sends a mutation as the caller; the shipment's fields are read at the revision that it leads to. */
async function send(mutation: string, input: object, as: Identity = li, shipment = "id state"): Promise<Payload> {
  const text = `mutation ($input: ${upperFirst(mutation)}Input!) { ${mutation}(input: $input) { shipment { ${shipment} } ${fields} } }`;
  const data = await logistics.data<Record<string, Payload>>(as, text, { input: { commandId: newId(), ...input } });
  return data[mutation]!;
}
const codes = ({ userErrors }: Payload) => userErrors.map(({ code }) => code);

const uuid = (prefix: string) => `${newId().slice(0, -1)}${prefix}`;

/** An order is confirmed over there and known here: ten of line 1. */
async function confirmedOrder(department = "cn/east", holds: string[] = []): Promise<string> {
  const orderId = uuid("a");
  await logistics.told({
    type: "order.confirmed",
    orderId,
    number: `SO-${orderId.slice(-4)}`,
    version: 1,
    customerId: uuid("c"),
    zone: "Asia/Shanghai",
    currency: "CNY",
    schedules: [
      {
        lineId: "1",
        scheduleId: "1",
        kind: "goods",
        sku: "A",
        unit: "pcs",
        quantity: "10",
        promisedOn: "2026-03-20",
        overTolerance: "0",
      },
    ],
    holds,
    department,
    visibleTo: ["d:", ...department.split("/").map((_, depth, all) => `d:${all.slice(0, depth + 1).join("/")}`)],
  });
  return orderId;
}

const lines = [{ lineId: "1", scheduleId: "1", quantity: "10" }];
const allocated = (orderId: string, shipmentId: string): PublicEvent => ({
  type: "order.allocated",
  orderId,
  shipmentId,
  lines,
});

/** Planned for these orders, and each has given its goods. */
async function allocatedShipment(as: Identity = li, ...departments: string[]) {
  const orders: string[] = [];
  for (const department of departments.length > 0 ? departments : ["cn/east"])
    orders.push(await confirmedOrder(department));
  const plan = await send(
    "planShipment",
    {
      orders: orders.map((orderId) => ({ orderId })),
      mode: "PARCEL",
      carrier: "SF",
      packages: [{ trackingNumber: `SF-${orders[0]}` }],
    },
    as,
  );
  expect(codes(plan)).toEqual([]);
  const shipmentId = plan.shipment!.id;
  await logistics.told(...orders.map((orderId) => allocated(orderId, shipmentId)));
  return { shipmentId, orders, orderId: orders[0]! };
}

/** The order comes to know exactly these shipments as the ones that follow its scope. */
async function remembers(orderId: string, ...shipments: string[]): Promise<void> {
  const orders = logistics.service.commands(orderAggregate);
  await eventually(async () => {
    const order = await orders.load(orderId);
    return JSON.stringify(order?.state.dependants) === JSON.stringify(shipments);
  });
}

describe("a shipment's life", () => {
  test("is planned, allocated, booked, dispatched, seen on its way and delivered", async () => {
    const orderId = await confirmedOrder();
    const plan = await send(
      "planShipment",
      {
        orders: [{ orderId }],
        mode: "PARCEL",
        carrier: "SF",
        plannedShipOn: "2026-03-03",
        shipFrom: "SHA1",
        packages: [{ trackingNumber: "SF100", weight: "2.5" }],
      },
      li,
      "id number state mode plannedShipOn shipFrom orders { order { id } lines { lineId scheduleId quantity } allocation } packages { packageId trackingNumber weight contents { lines { quantity } } } availableActions",
    );
    expect(plan).toMatchObject({
      revision: "0",
      replayed: false,
      userErrors: [],
      shipment: {
        number: expect.stringMatching(/^SH-2026-\d{6}$/),
        state: "PLANNED",
        mode: "PARCEL",
        plannedShipOn: "2026-03-03",
        shipFrom: "SHA1",
        orders: [{ order: { id: orderId }, lines, allocation: "PENDING" }],
        packages: [{ packageId: "1", trackingNumber: "SF100", weight: "2.5", contents: null }],
        availableActions: ["recordCheckpoint", "confirmDelivery", "declareLost", "raiseException"],
      },
    });
    const shipmentId = plan.shipment!.id;
    expect(codes(await send("bookShipment", { shipmentId }))).toEqual(["ALLOCATION_PENDING"]);

    await logistics.told(allocated(orderId, shipmentId));
    // One order has answered: the plan's revision has risen by one.
    const answered = await logistics.data<{ shipment: object }>(
      li,
      `query ($id: ID!) { shipment(id: $id, atLeastRevision: "1") { revision orders { allocation } availableActions } }`,
      { id: shipmentId },
    );
    expect(answered.shipment).toMatchObject({ revision: "1", orders: [{ allocation: "ALLOCATED" }] });

    const booked = await send(
      "bookShipment",
      { shipmentId, service: "express", bookingReference: "B-1", eta: "2026-03-05T16:00:00+08:00" },
      li,
      "id state carrier service bookingReference eta",
    );
    expect(booked.shipment).toMatchObject({
      state: "BOOKED",
      carrier: "SF",
      service: "express",
      bookingReference: "B-1",
      eta: "2026-03-05T08:00:00.000Z",
    });
    const dispatched = await send("dispatchShipment", { shipmentId }, li, "id state dispatchedAt breaches { code }");
    expect(dispatched.shipment).toMatchObject({
      state: "PICKED_UP",
      dispatchedAt: "2026-03-02T08:00:00.000Z",
      breaches: [],
    });

    const seen = {
      shipmentId,
      trackingNumber: "SF100",
      code: "OUT_FOR_DELIVERY",
      place: "Shanghai",
      note: "call 138 first",
      occurredAt: "2026-03-02T07:59:00Z",
    };
    const checkpoint = await send(
      "recordCheckpoint",
      seen,
      li,
      "id state packages { checkpoints { code occurredAt place carrier trackingNumber note } }",
    );
    expect(checkpoint.shipment).toMatchObject({
      state: "OUT_FOR_DELIVERY",
      packages: [
        {
          checkpoints: [
            {
              code: "OUT_FOR_DELIVERY",
              occurredAt: "2026-03-02T07:59:00.000Z",
              place: "Shanghai",
              carrier: "SF",
              trackingNumber: "SF100",
              note: "call 138 first",
            },
          ],
        },
      ],
    });
    expect(await send("recordCheckpoint", seen)).toMatchObject({
      revision: checkpoint.revision,
      settleToken: `${shipmentId}:-1`,
    });

    const delivered = await send(
      "confirmDelivery",
      { shipmentId, receivedBy: "Wang Fang" },
      li,
      "id state deliveredAt packages { receivedBy } availableActions",
    );
    expect(delivered.shipment).toMatchObject({
      state: "DELIVERED",
      deliveredAt: "2026-03-02T08:00:00.000Z",
      packages: [{ receivedBy: "Wang Fang" }],
      availableActions: ["raiseException"],
    });
    const audited = await logistics.data<{ shipment: object }>(
      auditor,
      `query ($id: ID!) { shipment(id: $id) { packages { receivedBy checkpoints { note } } } }`,
      { id: shipmentId },
    );
    expect(audited.shipment).toEqual({ packages: [{ receivedBy: null, checkpoints: [{ note: null }] }] });
  });

  test("of an erased customer no note is taken, the fact without one is", async () => {
    const { shipmentId } = await allocatedShipment();
    const seen = { shipmentId, code: "CUSTOMS" };
    expect(codes(await send("recordCheckpoint", { ...seen, note: "her passport is missing" }))).toEqual([]);
    const { orders } = (await logistics.service.commands(shipmentAggregate).load(shipmentId))!.state;
    const subject = orders[0]!.customerId;
    await logistics.service.engines.keys.erase(subject, "2026-03-02T08:00:00.000Z");
    const refused = await send("recordCheckpoint", { ...seen, note: "found again" });
    expect(refused.userErrors).toMatchObject([{ code: "SUBJECT_ERASED", details: { subject } }]);
    expect(codes(await send("recordCheckpoint", { ...seen, code: "IN_TRANSIT" }))).toEqual([]);
  });

  test("a mutation sent again is the same one; under its id nothing else is", async () => {
    const orderId = await confirmedOrder();
    const input = { commandId: newId(), orders: [{ orderId }], mode: "ROAD" };
    const first = await send("planShipment", input);
    const again = await send("planShipment", input);
    expect(again).toEqual({ ...first, replayed: true });
    expect(codes(await send("planShipment", { ...input, mode: "SEA" }))).toEqual(["COMMAND_ID_REUSED"]);
    const note = { commandId: newId(), shipmentId: first.shipment!.id, kind: "DELAY", note: "the driver is ill" };
    const raised = await send("raiseException", note);
    expect(await send("raiseException", note)).toEqual({ ...raised, replayed: true });
  });

  test("an order that declines is named, and can stay behind", async () => {
    const [given, declined] = [await confirmedOrder(), await confirmedOrder()];
    const plan = await send("planShipment", {
      orders: [{ orderId: given }, { orderId: declined }],
      mode: "ROAD",
      carrier: "SF",
    });
    const shipmentId = plan.shipment!.id;
    await remembers(given, shipmentId);
    await remembers(declined, shipmentId);
    await logistics.told(allocated(given, shipmentId), {
      type: "order.allocation.declined",
      orderId: declined,
      shipmentId,
      reasons: ["HOLD_CREDIT"],
    });
    const refused = await send("bookShipment", { shipmentId });
    expect(refused).toMatchObject({
      revision: null,
      settleToken: null,
      userErrors: [{ code: "ALLOCATION_DECLINED", details: { orderId: declined, reasons: ["HOLD_CREDIT"] } }],
    });
    expect(refused.userErrors[0]?.message).toContain("HOLD_CREDIT");
    const dropped = await send(
      "dropOrderFromShipment",
      { shipmentId, orderId: declined },
      li,
      "id orders { order { id } }",
    );
    expect(dropped.shipment).toMatchObject({ orders: [{ order: { id: given } }] });
    expect(codes(await send("dropOrderFromShipment", { shipmentId, orderId: given }))).toEqual(["LAST_ORDER"]);
    await remembers(given, shipmentId);
    await remembers(declined);
    expect(codes(await send("bookShipment", { shipmentId }))).toEqual([]);
  });

  test("a hold that was placed meanwhile stops a dispatch by decision, and is told by one that is reported", async () => {
    const { shipmentId, orderId } = await allocatedShipment();
    await logistics.told({ type: "order.hold.placed", orderId, hold: "credit", holds: ["credit"] });
    expect(codes(await send("dispatchShipment", { shipmentId }))).toEqual(["ORDER_HELD"]);
    const reported = await send(
      "dispatchShipment",
      { shipmentId, reported: true, occurredAt: "2026-03-01T12:00:00Z" },
      li,
      "id dispatchedAt breaches { code detail order { id } }",
    );
    expect(reported).toMatchObject({
      userErrors: [],
      shipment: {
        dispatchedAt: "2026-03-01T12:00:00.000Z",
        breaches: [{ code: "DISPATCHED_UNDER_HOLD", detail: "credit", order: { id: orderId } }],
      },
    });
  });

  test("a released hold stops nothing, a cancellation does", async () => {
    const one = await allocatedShipment();
    await logistics.told(
      { type: "order.hold.placed", orderId: one.orderId, hold: "credit", holds: ["credit"] },
      { type: "order.hold.released", orderId: one.orderId, hold: "credit", holds: [] },
    );
    expect(codes(await send("dispatchShipment", { shipmentId: one.shipmentId }))).toEqual([]);
    const other = await allocatedShipment();
    await logistics.told({
      type: "order.cancelled",
      orderId: other.orderId,
      reason: "customer",
      cancelledBy: "customer",
    });
    expect(codes(await send("dispatchShipment", { shipmentId: other.shipmentId }))).toEqual(["ORDER_CANCELLED"]);
    expect(codes(await send("planShipment", { orders: [{ orderId: other.orderId }], mode: "AIR" }))).toEqual([
      "ORDER_CANCELLED",
    ]);
  });

  test("what is in a shipment already is not planned again, until it is lost", async () => {
    const { shipmentId, orderId } = await allocatedShipment();
    expect(codes(await send("planShipment", { orders: [{ orderId }], mode: "ROAD" }))).toEqual(["NO_LINES"]);
    const lost = await send(
      "declareLost",
      { shipmentId, reason: "burnt" },
      li,
      "id state packages { state lostAt lossReason }",
    );
    expect(lost.shipment).toMatchObject({ state: "LOST", packages: [{ state: "LOST", lossReason: "burnt" }] });
    await logistics.told({ type: "order.lost", orderId, shipmentId, lines, lostAt: "2026-03-02T08:00:00.000Z" });
    expect(codes(await send("planShipment", { orders: [{ orderId }], mode: "ROAD" }))).toEqual([]);
  });

  test("exceptions lie over it until they are resolved; a loss after the delivery is one", async () => {
    const { shipmentId } = await allocatedShipment();
    const text = `mutation ($input: RaiseExceptionInput!) { raiseException(input: $input) { exceptionId shipment { exceptions { exceptionId kind packageIds note resolvedAt } } } }`;
    const { raiseException } = await logistics.data<{ raiseException: { exceptionId: string; shipment: object } }>(
      li,
      text,
      { input: { commandId: newId(), shipmentId, kind: "DAMAGE", packageId: "1", note: "wet" } },
    );
    const { exceptionId } = raiseException;
    expect(raiseException.shipment).toEqual({
      exceptions: [{ exceptionId, kind: "DAMAGE", packageIds: ["1"], note: "wet", resolvedAt: null }],
    });
    expect(codes(await send("resolveException", { shipmentId, exceptionId: "another" }))).toEqual([
      "EXCEPTION_NOT_FOUND",
    ]);
    const resolved = await send(
      "resolveException",
      { shipmentId, exceptionId, resolution: "dried" },
      li,
      "id exceptions { resolvedAt resolution }",
    );
    expect(resolved.shipment).toMatchObject({
      exceptions: [{ resolvedAt: "2026-03-02T08:00:00.000Z", resolution: "dried" }],
    });
    await send("confirmDelivery", { shipmentId });
    const disputed = await send(
      "declareLost",
      { shipmentId, reason: "never came" },
      li,
      "id state exceptions { kind note resolvedAt }",
    );
    expect(disputed.shipment).toMatchObject({
      state: "DELIVERED",
      exceptions: [{ kind: "LOSS_DISPUTED", note: "never came", resolvedAt: null }, { kind: "DAMAGE" }],
    });
  });

  test("a report from the future counts nowhere and is shown as disputed", async () => {
    const { shipmentId } = await allocatedShipment();
    const report = await send(
      "recordCheckpoint",
      { shipmentId, code: "DELIVERED", occurredAt: "2027-01-01T00:00:00Z" },
      li,
      "id state packages { checkpoints { code } } disputedReports { report reason claimedAt recordedAt code }",
    );
    expect(report).toMatchObject({
      userErrors: [],
      shipment: {
        state: "PLANNED",
        packages: [{ checkpoints: [] }],
        disputedReports: [
          {
            report: "checkpoint",
            reason: "IN_FUTURE",
            claimedAt: "2027-01-01T00:00:00.000Z",
            recordedAt: "2026-03-02T08:00:00.000Z",
            code: "DELIVERED",
          },
        ],
      },
    });
  });
});

describe("who may", () => {
  test("what is out of scope answers as what is not there", async () => {
    const { shipmentId, orderId } = await allocatedShipment();
    const absent = uuid("f");
    const mutations: readonly (readonly [string, object])[] = [
      ["bookShipment", {}],
      ["dispatchShipment", {}],
      ["dispatchShipment", { reported: true }],
      ["dropOrderFromShipment", { orderId }],
      ["recordCheckpoint", { code: "CUSTOMS", note: "text" }],
      ["confirmDelivery", { receivedBy: "Wang" }],
      ["declareLost", {}],
      ["raiseException", { kind: "DELAY" }],
      ["resolveException", { exceptionId: "e" }],
    ];
    for (const [mutation, input] of mutations) {
      const hidden = await send(mutation, { ...input, shipmentId }, stranger);
      const missing = await send(mutation, { ...input, shipmentId: absent }, stranger);
      expect([mutation, codes(hidden)]).toEqual([mutation, ["NOT_FOUND"]]);
      expect(JSON.stringify(hidden).replaceAll(shipmentId, "ID")).toBe(
        JSON.stringify(missing).replaceAll(absent, "ID"),
      );
    }
    expect(codes(await send("planShipment", { orders: [{ orderId }], mode: "ROAD" }, stranger))).toEqual([
      "ORDER_UNKNOWN",
    ]);
    const seen = await logistics.data<{ shipment: unknown; shipments: { nodes: unknown[] } }>(
      stranger,
      `query ($id: ID!, $orderId: ID!) { shipment(id: $id) { id } shipments(filter: { orderId: $orderId }) { nodes { id } } }`,
      { id: shipmentId, orderId },
    );
    expect(seen).toEqual({ shipment: null, shipments: { nodes: [] } });
  });

  test("an order of a shared shipment is neither named nor dropped by who does not see it", async () => {
    const { shipmentId, orders } = await allocatedShipment(importer, "cn/east", "de");
    const [mine, others] = orders as [string, string];
    await logistics.told({ type: "order.hold.placed", orderId: others, hold: "credit", holds: ["credit"] });
    await send("bookShipment", { shipmentId }, importer);
    const { userErrors } = await send("dispatchShipment", { shipmentId });
    expect(userErrors).toMatchObject([{ code: "ORDER_OF_OTHERS", details: { because: "ORDER_HELD" } }]);
    expect(JSON.stringify(userErrors)).not.toContain(others);
    expect(codes(await send("dispatchShipment", { shipmentId }, fritz))).toEqual(["ORDER_HELD"]);
    expect(codes(await send("dropOrderFromShipment", { shipmentId, orderId: others }))).toEqual([
      "ORDER_NOT_IN_SHIPMENT",
    ]);
    expect(codes(await send("dropOrderFromShipment", { shipmentId, orderId: mine }))).toEqual([]);
  });

  test("each sees of a shared shipment what is of the orders that he sees", async () => {
    const { shipmentId, orders } = await allocatedShipment(importer, "cn/east", "de");
    const text = `query ($id: ID!) { shipment(id: $id) { orders { order { id } lines { quantity } } } }`;
    const seenBy = async (identity: Identity) =>
      (
        await logistics.data<{ shipment: { orders: { order: { id: string } }[] } }>(identity, text, { id: shipmentId })
      ).shipment.orders.map(({ order }) => order.id);
    expect(await seenBy(li)).toEqual([orders[0]]);
    expect(await seenBy(fritz)).toEqual([orders[1]]);
    expect(await seenBy(importer)).toEqual(orders);
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { shipments { id } } ... on Shipment { number } } }`;
    const representations = [
      ...orders.map((id) => ({ __typename: "Order", id })),
      { __typename: "Shipment", id: shipmentId },
    ];
    const of = (identity: Identity) =>
      logistics.data<{ _entities: unknown[] }>(identity, entities, { representations });
    expect((await of(fritz))._entities).toEqual([
      { shipments: [] },
      { shipments: [{ id: shipmentId }] },
      { number: expect.any(String) },
    ]);
    expect((await of(stranger))._entities).toEqual([{ shipments: [] }, { shipments: [] }, null]);
  });

  test("only holders of the right tell of past decisions, and everybody of past facts", async () => {
    const orderId = await confirmedOrder();
    const plan = { orders: [{ orderId }], mode: "PARCEL", occurredAt: "2018-01-05T10:00:00Z" };
    expect(await send("planShipment", plan)).toMatchObject({
      userErrors: [{ code: "BACKDATE_RIGHT_NEEDED", field: "occurredAt" }],
    });
    const imported = await send("planShipment", { ...plan, historical: true }, importer, "id number plannedAt");
    expect(imported.shipment).toMatchObject({
      number: expect.stringMatching(/^SH-2018-/),
      plannedAt: "2018-01-05T10:00:00.000Z",
    });
    const shipmentId = imported.shipment!.id;
    expect(codes(await send("confirmDelivery", { shipmentId, historical: true }))).toEqual(["BACKDATE_RIGHT_NEEDED"]);
    expect(codes(await send("confirmDelivery", { shipmentId, occurredAt: "2018-01-09T10:00:00Z" }))).toEqual([]);
  });
});

describe("queries", () => {
  test("find a shipment by its number, and list by every filter", async () => {
    const { shipmentId, orderId } = await allocatedShipment(li, "cn/north");
    await send("raiseException", { shipmentId, kind: "DELAY" });
    const { shipment } = await logistics.data<{ shipment: { number: string } }>(
      li,
      `query ($id: ID!) { shipment(id: $id) { number } }`,
      { id: shipmentId },
    );
    const byNumber = await logistics.data<{ shipmentByNumber: object }>(
      li,
      `query ($number: String!) { shipmentByNumber(number: $number) { id availableActions } }`,
      { number: shipment.number },
    );
    expect(byNumber.shipmentByNumber).toMatchObject({
      id: shipmentId,
      availableActions: expect.arrayContaining(["bookShipment"]),
    });
    const list = `query ($filter: ShipmentFilter, $orderBy: ShipmentOrderBy) { shipments(filter: $filter, orderBy: $orderBy) { nodes { id availableActions } totalCount totalIsExact } }`;
    const only = { nodes: [{ id: shipmentId, availableActions: null }], totalCount: 1, totalIsExact: true };
    const north = { department: "cn/north" };
    for (const filter of [
      north,
      { ...north, states: ["PLANNED", "BOOKED"] },
      { ...north, carrier: "SF" },
      { ...north, exceptionOpen: true },
      { orderId },
      { orderId, states: ["PLANNED"], exceptionOpen: true, ...north },
    ]) {
      const { shipments } = await logistics.data<{ shipments: object }>(li, list, {
        filter,
        orderBy: { field: "PLANNED_SHIP_ON", direction: "ASC" },
      });
      expect([filter, shipments]).toEqual([filter, only]);
    }
    for (const filter of [
      { ...north, exceptionOpen: false },
      { ...north, states: ["LOST"] },
      { orderId, carrier: "DHL" },
    ]) {
      const { shipments } = await logistics.data<{ shipments: object }>(li, list, { filter });
      expect([filter, shipments]).toEqual([filter, { nodes: [], totalCount: 0, totalIsExact: true }]);
    }
  });

  test("lists are paged, the newest plan first", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      logistics.clock.advance(1_000);
      ids.unshift((await allocatedShipment(li, "cn/south")).shipmentId);
    }
    const text = `query ($after: String) { shipments(first: 2, after: $after, filter: { department: "cn/south" }) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount } }`;
    type Page = {
      shipments: {
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
        totalCount: number;
      };
    };
    const all = await eventually(async () => {
      const page = await logistics.data<Page>(li, text);
      return page.shipments.totalCount === 3 ? page : undefined;
    });
    const rest = await logistics.data<Page>(li, text, { after: all.shipments.pageInfo.endCursor });
    expect([...all.shipments.edges, ...rest.shipments.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([all, rest].map(({ shipments }) => shipments.pageInfo.hasNextPage)).toEqual([true, false]);
  });

  test("what is told here can be waited for", async () => {
    const text = `query ($token: String!) { logisticsSettled(token: $token) }`;
    expect(await logistics.data(li, text, { token: `${uuid("b")}:-1` })).toEqual({ logisticsSettled: true });
    const { orderId } = await allocatedShipment();
    expect(await logistics.data(li, text, { token: `${orderId}:0` })).toEqual({ logisticsSettled: true });
  });
});

describe("what a client gets wrong", () => {
  const fault = async (mutation: string, input: object) => {
    const text = `mutation ($input: ${upperFirst(mutation)}Input!) { ${mutation}(input: $input) { revision } }`;
    const answer = await logistics.ask(li, text, { input: { commandId: newId(), ...input } });
    return answer.errors?.[0]?.extensions?.["code"];
  };
  test("is named as input that does not fit", async () => {
    const shipmentId = uuid("b");
    expect(await fault("planShipment", { orders: [], mode: "PARCEL", id: "7" })).toBe("BAD_USER_INPUT");
    expect(await fault("planShipment", { orders: [], mode: "ROCKET" })).toBe("BAD_USER_INPUT");
    expect(await fault("recordCheckpoint", { shipmentId, code: "CUSTOMS", place: " " })).toBe("BAD_USER_INPUT");
    expect(await fault("confirmDelivery", { shipmentId, packageIds: [] })).toBe("BAD_USER_INPUT");
    expect(await fault("raiseException", { shipmentId, kind: "LOSS_DISPUTED" })).toBe("BAD_USER_INPUT");
    const text = `query { shipment(id: "x", atLeastRevision: "soon") { id } }`;
    expect((await logistics.ask(li, text)).errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });
  test("is told in the caller's language", async () => {
    const text = `mutation ($input: PlanShipmentInput!) { planShipment(input: $input) { userErrors { message } } }`;
    const input = { commandId: newId(), orders: [], mode: "PARCEL" };
    expect(await logistics.ask(li, text, { input }, "zh-CN")).toEqual({
      data: { planShipment: { userErrors: [{ message: "请至少指定一个订单。" }] } },
    });
  });
});

test("after all this no document differs from the log, and nothing is parked", async () => {
  await eventually(() => logistics.service.caughtUp());
  const verified = await logistics.service.verify();
  expect(verified.checked).toBeGreaterThan(5);
  expect(verified.differences).toEqual([]);
  expect(await logistics.service.parked()).toEqual([]);
});
