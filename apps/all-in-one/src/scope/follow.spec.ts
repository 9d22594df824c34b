// An order goes to another department, and everything about it: over the whole company, the moment at which each kind moves.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import type { Company } from "../company.js";
import { askAs, bearerOf, companyInMemory, mutationText, type Data } from "../spec.js";

const LONG_MS = 60_000;
const boss: Identity = { user: "boss", roles: ["admin"] };
const chen: Identity = { user: "chen", roles: ["admin"] };
const east: Identity = { user: "wang", roles: ["manager"], departments: ["cn/east"] };
const west: Identity = { user: "xi", roles: ["manager"], departments: ["cn/west"] };
/** Nothing was ever there. */
const nowhere: Identity = { user: "nemo", roles: ["manager"], departments: ["nowhere"] };

let company: Company;
beforeAll(async () => {
  company = await companyInMemory();
}, LONG_MS);
afterAll(() => company.stop());

const ask = (who: Identity, query: string, variables?: object) => askAs(company, who, query, variables);
async function told(who: Identity, mutation: string, selected: string, input: object): Promise<Data> {
  const query = mutationText(mutation, selected);
  return (await ask(who, query, { input: { commandId: newId(), ...input } }))["told"] as Data;
}
async function send(mutation: string, selected: string, input: object): Promise<Data> {
  const answer = await told(boss, mutation, selected, input);
  expect(answer["userErrors"]).toEqual([]);
  return answer;
}

const euros = (minor: number) => ({ minor: `${minor}`, currency: "EUR" });

interface Ids {
  readonly customerId: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly caseId: string;
  readonly issueId: string;
  readonly interactionId: string;
  readonly answerId: string;
  readonly receiptId: string;
}

async function orderOf(department: string): Promise<{ readonly customerId: string; readonly orderId: string }> {
  const customerId = newId();
  await send("registerCustomer", "revision", {
    id: customerId,
    kind: "ORGANISATION",
    name: "Nordwind",
    department: "hq",
  });
  const lines = [{ sku: "A-1", quantity: "10", unitPrice: euros(100), requestedOn: "2027-01-31" }];
  const input = { channel: "SALES", customerId, currency: "EUR", department, assignee: "nobody", lines };
  const orderId = (await send("receiveOrder", "order { id }", input))["order"].id as string;
  expect((await told(chen, "verifyOrder", "revision", { orderId }))["userErrors"]).toEqual([]);
  await send("confirmOrder", "revision", { orderId, promiseRequested: true });
  await company.settled();
  return { customerId, orderId };
}

/** What is about an order, one of each kind, in the order in which `begin` is called. */
const dependants = ({ customerId, orderId }: Pick<Ids, "customerId" | "orderId">) => ({
  shipmentId: async () =>
    (await send("planShipment", "shipment { id }", { orders: [{ orderId }], mode: "PARCEL", carrier: "SF" }))[
      "shipment"
    ].id,
  caseId: async () =>
    (await send("openCase", "case { id }", { kind: "COMPLAINT", customerId, orderId, subject: "delay" }))["case"].id,
  issueId: async () =>
    (await send("openIssue", "issue { id }", { orderId, severity: "MINOR", title: "delay" }))["issue"].id,
  interactionId: async () =>
    (
      await send("logInteraction", "interaction { id }", { customerId, orderId, channel: "CALL", direction: "INBOUND" })
    )["interaction"].id,
  answerId: async () =>
    (await send("recordSatisfaction", "satisfaction { id }", { customerId, orderId, score: 4 }))["satisfaction"].id,
  receiptId: async () => {
    const recorded = { customerId, amount: euros(500), method: "transfer", department: "hq" };
    const receiptId = (await send("recordReceipt", "receipt { id }", recorded))["receipt"].id as string;
    await send("allocateReceipt", "revision", { receiptId, allocations: [{ orderId, amount: euros(500) }] });
    return receiptId;
  },
});
type Begun = Omit<Ids, "customerId" | "orderId">;

async function allOf(order: Pick<Ids, "customerId" | "orderId">): Promise<Ids> {
  const begun: Partial<Record<keyof Begun, string>> = {};
  for (const [name, begin] of Object.entries(dependants(order))) begun[name as keyof Begun] = (await begin()) as string;
  await company.settled();
  const { shipmentId } = begun;
  await send("bookShipment", "revision", { shipmentId, carrier: "SF" });
  await send("dispatchShipment", "revision", { shipmentId });
  await send("confirmDelivery", "revision", { shipmentId });
  await company.settled();
  return { ...order, ...(begun as Begun) };
}

const nodes = "totalCount nodes { id }";
/** Every door that something could be seen through: by id, in lists and their totals, nested, in reports. */
const doors = `query ($order: ID!, $shipment: ID!, $case: ID!, $issue: ID!, $interaction: ID!, $answer: ID!, $receipt: ID!) {
  order(id: $order) { id shipments { id } cases { id } issues { id } interactions { id } satisfaction { id } receipts { id } }
  shipment(id: $shipment) { id orders { order { id } lines { quantity } } timeline { nodes { id } } }
  case(id: $case) { id order { id } timeline { nodes { id } } }
  issue(id: $issue) { id orders { id } timeline { nodes { id } } }
  interaction(id: $interaction) { id order { id } }
  satisfactionAnswer(id: $answer) { id order { id } }
  receipt(id: $receipt) { id allocations { order { id } amount { minor } } timeline { nodes { id } } }
  orders { ${nodes} } shipments { ${nodes} } cases { ${nodes} } issues { ${nodes} } receipts { ${nodes} }
  orderCounts(by: LIFECYCLE) { key count }
  sales(from: "2025-01-01", to: "2029-12-31") { orders amount { minor } received { minor } }
  deliveryPerformance(from: "2025-01-01", to: "2029-12-31") { delivered late }
  issuePareto(from: "2025-01-01", to: "2029-12-31") { cause count }
  satisfaction(from: "2025-01-01", to: "2029-12-31") { answers mean }
}`;
const look = (who: Identity, ids: Ids): Promise<Data> =>
  ask(who, doors, {
    order: ids.orderId,
    shipment: ids.shipmentId,
    case: ids.caseId,
    issue: ids.issueId,
    interaction: ids.interactionId,
    answer: ids.answerId,
    receipt: ids.receiptId,
  });
const move = (orderId: string, department = "cn/west") =>
  send("moveOrder", "revision settleToken", { orderId, department, reason: "reorganisation" });

/** The kinds with the field that finds one, and the service that tells when it has applied a move of the order. */
const kinds = [
  ["order", "orderId", undefined],
  ["shipment", "shipmentId", "logisticsSettled"],
  ["case", "caseId", "customerSettled"],
  ["issue", "issueId", "customerSettled"],
  ["interaction", "interactionId", "customerSettled"],
  ["satisfactionAnswer", "answerId", "customerSettled"],
  ["receipt", "receiptId", "orderSettled"],
] as const;

describe("an order that goes to another department", () => {
  let ids: Ids;
  beforeAll(async () => {
    ids = await allOf(await orderOf("cn/east"));
  }, LONG_MS);

  test("takes everything about it along, each at its moment, and what was counted", async () => {
    const revisionOf = async (kind: string, id: string) =>
      Number((await ask(boss, `query ($id: ID!) { it: ${kind}(id: $id) { revision } }`, { id }))["it"].revision);
    const before = await Promise.all(kinds.map(([kind, field]) => revisionOf(kind, ids[field])));
    const [seen, nothing] = [await look(east, ids), await look(nowhere, ids)];
    expect(await look(west, ids)).toEqual(nothing);
    expect(seen).toMatchObject({
      orders: { totalCount: 1 },
      orderCounts: [{ count: 1 }],
      satisfaction: [{ answers: 1 }],
    });

    const { settleToken, revision } = await move(ids.orderId);
    for (const [index, [kind, field, settled]] of kinds.entries()) {
      if (settled) expect(await ask(boss, `{ done: ${settled}(token: "${settleToken}") }`)).toEqual({ done: true });
      const at = settled ? `${before[index]! + 1}` : revision;
      const query = `query ($id: ID!, $at: String!) { it: ${kind}(id: $id, atLeastRevision: $at) { id department } }`;
      const asked = { id: ids[field], at };
      expect([kind, await ask(east, query, asked)]).toEqual([kind, { it: null }]);
      // A receipt belongs to who has recorded it; all others belong to whom the order does.
      const it = { id: ids[field], department: kind === "receipt" ? "hq" : "cn/west" };
      expect([kind, await ask(west, query, asked)]).toEqual([kind, { it }]);
    }
    // Figures: the order's with its own event, those of an issue and of an answer with theirs.
    const others = (["issues", "customers"] as const).map((topic, at) => {
      const index = [3, 5][at]!;
      return `gendan.${topic}/${ids[kinds[index]![1]]}:${(before[index]! + 1) * 16}`;
    });
    const tokens = [settleToken, ...others];
    for (const token of tokens)
      expect(await ask(boss, `{ done: analyticsSettled(token: "${token}") }`)).toEqual({ done: true });
    await company.settled();
    expect(await look(east, ids)).toEqual(nothing);
    expect(await look(west, ids)).toEqual(seen);
  });

  test("shows its whole timeline to the new one, none to the old one", async () => {
    const query = `query ($id: ID!) { order(id: $id) { timeline(first: 100) { nodes { type subjectIds data } } } }`;
    const { order } = await ask(west, query, { id: ids.orderId });
    const types = (order as Data)["timeline"].nodes.map(({ type }: Data) => type) as string[];
    const told = [
      "order.received",
      "order.scope.changed",
      "shipment.planned",
      "case.opened",
      "issue.opened",
      "order.delivered",
    ];
    expect(types).toEqual(expect.arrayContaining(told));
    expect(await ask(east, query, { id: ids.orderId })).toEqual({ order: null });
  });

  test("takes no command of the old one: its answer is that for what there never was", async () => {
    const commands = [
      ["placeHold", { hold: "CREDIT" }, "orderId"],
      ["cancelOrder", { reason: "x", cancelledBy: "US", note: "y" }, "orderId"],
      ["moveOrder", { department: "cn/east", reason: "x" }, "orderId"],
      ["planShipment", { mode: "PARCEL" }, "orders"],
      ["declareLost", {}, "shipmentId"],
      ["answerCase", { text: "x" }, "caseId"],
      ["triageIssue", { severity: "MINOR", owner: "x", responsibleParty: "US" }, "issueId"],
      ["allocateReceipt", { allocations: [] }, "receiptId"],
      ["openCase", { kind: "INQUIRY", customerId: ids.customerId, subject: "x" }, "orderId"],
    ] as const;
    for (const [mutation, rest, field] of commands) {
      const given = (id: string) => ({ ...rest, [field]: field === "orders" ? [{ orderId: id }] : id });
      const id = field === "orders" ? ids.orderId : ids[field];
      const absent = newId();
      const commandId = newId();
      const [there, nowhereAtAll] = [
        await told(east, mutation, "revision settleToken replayed", { commandId, ...given(id) }),
        await told(east, mutation, "revision settleToken replayed", { commandId, ...given(absent) }),
      ];
      expect(JSON.stringify(there).replaceAll(id, "ID")).toBe(JSON.stringify(nowhereAtAll).replaceAll(absent, "ID"));
      expect([mutation, there["userErrors"].length]).toEqual([mutation, 1]);
    }
    expect(await look(west, ids)).toMatchObject({ orders: { totalCount: 1 } });
  });

  test("is no export's for who does not see the whole company", async () => {
    const query = `{ exportCustomer(id: "${ids.customerId}") { orders } }`;
    expect(await company.request(await bearerOf(company, east), { query })).toMatchObject({
      errors: [{ extensions: { code: "FORBIDDEN" } }],
    });
  });

  test("is the same after every projection was made anew", async () => {
    const seen = await Promise.all([east, west].map((who) => look(who, ids)));
    for (const service of company.services.values()) {
      for (const projection of service.projections) await service.rebuild(projection);
      expect(await service.verify()).toMatchObject({ differences: [] });
      expect(await service.parked()).toEqual([]);
    }
    expect(await Promise.all([east, west].map((who) => look(who, ids)))).toEqual(seen);
  });

  test(
    "has what is begun while it goes follow as well, whichever is first",
    async () => {
      for (const moveFirst of [true, false]) {
        const order = await orderOf("cn/east");
        const begun: Record<string, string> = {};
        const begin = Object.entries(dependants(order)).map(([name, make]) => async () => {
          begun[name] = (await make()) as string;
        });
        const steps = moveFirst ? [() => move(order.orderId), ...begin] : [...begin, () => move(order.orderId)];
        await Promise.all(steps.map((step) => step()));
        await company.settled();
        const all = { ...order, ...(begun as unknown as Begun) };
        for (const [kind, field] of kinds) {
          const query = `query ($id: ID!) { it: ${kind}(id: $id) { id } }`;
          const shown = await Promise.all([east, west].map((who) => ask(who, query, { id: all[field] })));
          expect([moveFirst, kind, shown]).toEqual([moveFirst, kind, [{ it: null }, { it: { id: all[field] } }]]);
        }
        await move(order.orderId, "cn/gone");
        await company.settled();
        expect(await look(west, all)).toMatchObject({ shipment: null, case: null, issue: null, receipt: null });
      }
    },
    LONG_MS,
  );
});

test(
  "a shipment and an issue about two orders are seen by whoever sees one of them, each order for itself",
  async () => {
    const [one, other] = [await orderOf("cn/north"), await orderOf("cn/south")];
    const orders = [one, other].map(({ orderId }) => ({ orderId }));
    const plan = { orders, mode: "ROAD", carrier: "SF" };
    const shipmentId = (await send("planShipment", "shipment { id }", plan))["shipment"].id as string;
    await company.settled();
    await send("bookShipment", "revision", { shipmentId, carrier: "SF" });
    await send("dispatchShipment", "revision", { shipmentId });
    await send("declareLost", "revision", { shipmentId });
    await company.settled();
    const seen = async (department: string) => {
      const who: Identity = { user: "head", roles: ["manager"], departments: [department] };
      const query = `{ shipments { nodes { orders { order { id } lines { quantity } } issues { rule orders { id } } } } issuePareto(from: "2025-01-01", to: "2029-12-31") { count } }`;
      return ask(who, query);
    };
    const part = ({ orderId }: { orderId: string }) => ({ order: { id: orderId }, lines: [{ quantity: "10" }] });
    const shown = (...of: { orderId: string }[]) => ({
      shipments: {
        nodes: [
          {
            orders: of.map(part),
            issues: [{ rule: "lost-shipment", orders: of.map(({ orderId }) => ({ id: orderId })) }],
          },
        ],
      },
      issuePareto: [{ count: 1 }],
    });
    const nothing = { shipments: { nodes: [] }, issuePareto: [] };
    expect([await seen("cn/north"), await seen("cn/south")]).toEqual([shown(one), shown(other)]);
    await move(one.orderId, "cn/far");
    await company.settled();
    expect([await seen("cn/north"), await seen("cn/far"), await seen("cn/south")]).toEqual([
      nothing,
      shown(one),
      shown(other),
    ]);
    await send("shareOrder", "revision", { orderId: other.orderId, department: "cn/far" });
    await company.settled();
    expect(await seen("cn/far")).toEqual(shown(one, other));
  },
  LONG_MS,
);
