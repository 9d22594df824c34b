// The order that follows from an acceptance: what was sent, as far as it was accepted, with its lineage line by line.
import { expect, test } from "@jest/globals";
import type { QuotationAccepted } from "@gendan/contracts";
import type { Happened } from "@gendan/eventing";
import { specFor } from "@gendan/testing/given";
import { orderDecider } from "../domain/order/order.decider.js";
import { cny, CUSTOMER, line, scope, system } from "../domain/order/spec.js";
import { orderOf } from "../domain/quotation/accept-quotation.js";
import { quotationDecider } from "../domain/quotation/quotation.decider.js";
import type { QuotationEvent } from "../domain/quotation/quotation.events.js";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { onQuotationAccepted } from "./on-quotation-accepted.js";

const QUOTATION = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0007";
const wu = { kind: "person", id: "wu" } as const;
const own = { number: "QU-2026-000001", customerId: CUSTOMER, currency: "CNY", ...scope };
const schedules = [
  { scheduleId: "1", quantity: "6", requestedOn: "2026-03-20" },
  { scheduleId: "2", quantity: "4", requestedOn: "2026-04-20" },
];
const offer = {
  lines: [{ ...line, schedules }],
  references: [],
  customFields: [],
  paymentTerms: "NET30",
  validUntil: "2026-03-10",
  amount: cny(2500),
  freight: cny(0),
};
const accepted = {
  type: "quotation.accepted",
  version: 1,
  channel: "mail",
  orderId: orderOf(QUOTATION, 1),
  lines: [{ lineId: "1", quantity: "7" }],
  whole: false,
  ...own,
} as const;
const events: readonly QuotationEvent[] = [
  { type: "quotation.drafted", ...own, zone: "Asia/Shanghai", ...offer },
  { type: "quotation.sent", version: 1, ...own, ...offer, expiresAt: "2026-03-10T16:00:00.000Z" },
  accepted,
  // Revised before the reaction came to it: the order is of the version that was accepted.
  { type: "quotation.revised", version: 2, ...own, ...offer, lines: [{ ...line, sku: "B-9" }] },
];

test("is received once, with the first schedules, each line naming where it comes from", () => {
  const { channel: _, customerId, ...told } = accepted;
  const event = {
    ...told,
    quotationId: QUOTATION,
    customerId,
    visibleTo: [...scope.visibleTo],
    lines: [...told.lines],
  };
  const state = specFor(quotationDecider)(...events).state();
  expect(onQuotationAccepted.reads!(event as never)).toEqual([
    { aggregate: "order.quotation", id: QUOTATION },
    ...(["acceptance", "completeness", "customFields", "ownership", "calendar"] as const).map((kind) => {
      return { aggregate: "order.rules", id: rulesId(kind) };
    }),
  ]);
  const [reacted, ...others] = onQuotationAccepted.react(
    event as never,
    { meta: { actor: wu, occurredAt: "2026-03-02T08:00:00.000Z" } } as Happened<QuotationAccepted>,
    [
      { state, revision: 3 },
      { state: { version: 1, rules: { days: 21 } }, revision: 0 },
    ],
  );
  expect(others).toEqual([]);
  expect(reacted).toMatchObject({ aggregate: "order.order", target: orderOf(QUOTATION, 1), numbered: "SO" });
  const { decision } = specFor(orderDecider)().when(reacted!.command as never, { actor: system });
  expect(decision).toMatchObject({
    events: [
      {
        type: "order.received",
        channel: "mail",
        enteredBy: wu,
        acceptanceDays: 21,
        paymentTerms: "NET30",
        amount: cny(1750),
        ...scope,
        lines: [
          {
            lineId: "1",
            sku: "A-1",
            quantity: "7",
            amount: cny(1750),
            schedules: [
              { scheduleId: "1", quantity: "6" },
              { scheduleId: "2", quantity: "1", requestedOn: "2026-04-20" },
            ],
            quoted: { quotationId: QUOTATION, version: 1, lineId: "1" },
          },
        ],
      },
    ],
  });
  const [received] = decision.events as never[];
  const corrected = specFor(orderDecider)(received!).when(
    { type: "CorrectOrder", lines: [{ lineId: "1", sku: "A-2", quantity: "7", unitPrice: cny(250) }] },
    { actor: wu },
  );
  expect(corrected.decision).toMatchObject({
    events: [{ lines: [{ sku: "A-2", quoted: { quotationId: QUOTATION, version: 1, lineId: "1" } }] }],
  });
});

test("rules that came after the acceptance do not undo it; those that it keeps to are named", () => {
  const state = specFor(quotationDecider)(...events).state();
  const rule = (required: readonly string[]) => ({
    state: { version: 4, rules: { rules: [{ required }] } },
    revision: 0,
  });
  const decidedUnder = (completeness: object) => {
    const [reacted] = onQuotationAccepted.react(
      { quotationId: QUOTATION, version: 1 } as never,
      { meta: { actor: wu, occurredAt: "2026-03-02T08:00:00.000Z" } } as Happened<QuotationAccepted>,
      [{ state, revision: 3 }, undefined, completeness as never, undefined, undefined],
    );
    const { decision } = specFor(orderDecider)().when(reacted!.command as never, { actor: system });
    return (decision as { readonly events: readonly object[] }).events;
  };
  expect(decidedUnder(rule(["paymentTerms"]))).toMatchObject([
    { type: "order.received", decidedUnder: { completeness: 4 } },
  ]);
  const [later] = decidedUnder(rule(["incoterm"]));
  expect(later).toMatchObject({ type: "order.received" });
  expect(later).not.toHaveProperty("decidedUnder");
});
