// What the specs of an order have in common: people, ids, and an order at each point of its life.
import type { Actor } from "@gendan/eventing";
import { specFor } from "@gendan/testing/given";
import type { GivenLine } from "./given-order.js";
import { orderDecider, type OrderCommand } from "./order.decider.js";
import type { OrderLine } from "./content.events.js";
import type { DiscrepancyRecorded } from "./comparison/comparison.events.js";
import type { OrderConfirmed, OrderEvent, OrderReceived, OrderVerified } from "./order.events.js";
import type { ReceiveOrder } from "./receive-order.js";

export const given = specFor(orderDecider);

export const li: Actor = { kind: "person", id: "li" };
export const wang: Actor = { kind: "person", id: "wang" };
export const feed: Actor = { kind: "service", id: "import:olist" };
export const rules: Actor = { kind: "ruleSet", id: "import", version: "1" };
export const system: Actor = { kind: "service", id: "order" };

export const ORDER = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0001";
export const CUSTOMER = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0002";
export const SHIPMENT = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0003";
export const OTHER_SHIPMENT = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0004";
export const ISSUE = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0005";
export const RECEIPT = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0006";
export const note = { subject: CUSTOMER, keyVersion: 1, ciphertext: "…", mac: "m1" };
export const scope = { department: "cn/east", assignee: "li", visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"] };

export const cny = (minor: number) => ({ minor: `${minor}`, currency: "CNY" });

export const givenLine: GivenLine = { sku: "A-1", quantity: "10", unitPrice: cny(250), requestedOn: "2026-03-20" };

export const receive: ReceiveOrder = {
  type: "ReceiveOrder",
  orderId: ORDER,
  number: "SO-2026-000001",
  channel: "sales",
  customerId: CUSTOMER,
  currency: "CNY",
  zone: "Asia/Shanghai",
  department: "cn/east",
  departmentInScope: true,
  assignee: "li",
  lines: [givenLine],
};

export const line: OrderLine = {
  lineId: "1",
  kind: "goods",
  sku: "A-1",
  unit: "pcs",
  quantity: "10",
  unitPrice: cny(250),
  amount: cny(2500),
  overTolerance: "0",
  underTolerance: "0",
  schedules: [{ scheduleId: "1", quantity: "10", requestedOn: "2026-03-20", lateFrom: "2026-03-20T16:00:00.000Z" }],
};

export const received: OrderReceived = {
  type: "order.received",
  number: "SO-2026-000001",
  channel: "sales",
  customerId: CUSTOMER,
  currency: "CNY",
  zone: "Asia/Shanghai",
  receivedAt: "2026-03-01T01:00:00.000Z",
  receivedOn: "2026-03-01",
  enteredBy: li,
  lines: [line],
  references: [],
  customFields: [],
  amount: cny(2500),
  freight: cny(0),
  acceptanceDays: 7,
  ...scope,
};

/** Two schedules of goods, and a service. */
export const installed: OrderReceived = {
  ...received,
  lines: [
    {
      ...line,
      schedules: [
        { scheduleId: "1", quantity: "6", requestedOn: "2026-03-20", lateFrom: "2026-03-20T16:00:00.000Z" },
        { scheduleId: "2", quantity: "4" },
      ],
    },
    {
      ...line,
      lineId: "2",
      kind: "service",
      sku: "INSTALL",
      quantity: "1",
      amount: cny(250),
      schedules: [{ scheduleId: "1", quantity: "1" }],
    },
  ],
  amount: cny(2750),
};

export const ofServices: OrderReceived = { ...installed, lines: [installed.lines[1]!], amount: cny(250) };

/** What an import brings in. */
export const imported: OrderReceived = { ...received, channel: "import", sourceReference: "4711", enteredBy: feed };

export const verified: OrderVerified = { type: "order.verified", verifiedBy: wang, firstPass: true };

export const nothingBlocked = { dispatch: [], production: [], invoice: [] } as const;

export const confirmed: OrderConfirmed = {
  type: "order.confirmed",
  number: "SO-2026-000001",
  version: 1,
  customerId: CUSTOMER,
  zone: "Asia/Shanghai",
  currency: "CNY",
  schedules: [
    {
      lineId: "1",
      scheduleId: "1",
      kind: "goods",
      sku: "A-1",
      unit: "pcs",
      quantity: "10",
      overTolerance: "0",
      promisedOn: "2026-03-20",
      lateFrom: "2026-03-20T16:00:00.000Z",
    },
  ],
  holds: [],
  blocked: nothingBlocked,
  ...scope,
};

export const discrepancy: DiscrepancyRecorded = {
  type: "order.discrepancy.recorded",
  discrepancyId: "d1",
  aspect: "price",
  comparedWith: "purchaseOrder",
  ours: "2.50",
  theirs: "2.40",
};

export const isConfirmed: readonly OrderEvent[] = [received, verified, confirmed];

/** The mornings of working days, under version 5 of the rules. */
const mornings = [{ from: "09:00", to: "12:00" }];
export const inTheMornings = {
  version: 5,
  rules: {
    zone: "Asia/Shanghai",
    week: { mon: mornings, tue: mornings, wed: mornings, thu: mornings, fri: mornings },
    holidays: ["2026-03-03"],
    extraDays: [],
  },
};

/** Its approval was asked for, or denied. */
export const isWaiting = (): OrderEvent[] =>
  after([received, verified], {
    type: "SubmitForApproval",
    subject: "order",
    approval: {
      version: 3,
      rules: { levels: [{ level: "lead", subjects: ["order"], of: [{ role: "lead" }], need: "any" }] },
    },
  });
export const isRejected = (): OrderEvent[] => [
  ...isWaiting(),
  { type: "order.approval.rejected", subject: "order", level: "lead", person: "wang", reason: "x" },
];

export const part = (quantity: string, scheduleId = "1") => ({ lineId: "1", scheduleId, quantity });

/** The events that follow when commands are decided one after the other. */
export function after(start: readonly OrderEvent[], ...commands: readonly OrderCommand[]): OrderEvent[] {
  const events = [...start];
  for (const command of commands) {
    const { decision } = given(...events).when(command, { actor: system });
    if ("refusals" in decision) throw new Error(`${command.type}: ${JSON.stringify(decision.refusals)}`);
    events.push(...decision.events);
  }
  return events;
}

export const asks = (quantity: string, shipmentId = SHIPMENT): OrderCommand => ({
  type: "AnswerAllocation",
  shipmentId,
  lines: [part(quantity)],
});
export const ships = (quantity: string, shipmentId = SHIPMENT): OrderCommand => ({
  type: "RecordShipped",
  shipmentId,
  lines: [part(quantity)],
  shippedAt: "2026-03-10T02:00:00.000Z",
});
export const delivers = (quantity: string, deliveredAt = "2026-03-20T10:00:00.000Z"): OrderCommand => ({
  type: "RecordDelivered",
  shipmentId: SHIPMENT,
  lines: [part(quantity)],
  deliveredAt,
});
export const loses = (quantity: string): OrderCommand => ({
  type: "RecordLost",
  shipmentId: SHIPMENT,
  lines: [part(quantity)],
  lostAt: "2026-03-12T02:00:00.000Z",
});
export const isDelivered = (): OrderEvent[] => after(isConfirmed, asks("10"), ships("10"), delivers("10"));
export const isCompleted = (): OrderEvent[] => after(isDelivered(), { type: "AcceptDelivery" });
