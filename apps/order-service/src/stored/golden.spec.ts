// What was ever stored is read for ever: golden/ holds samples of every event in every version, and is only added to.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { readPublic } from "@gendan/contracts";
import type { Aggregate, Encoded, Happened } from "@gendan/eventing";
import { orderDecider } from "../domain/order/order.decider.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import { CUSTOMER, ORDER, received, RECEIPT } from "../domain/order/spec.js";
import { quotationDecider } from "../domain/quotation/quotation.decider.js";
import type { QuotationEvent } from "../domain/quotation/quotation.events.js";
import { receiptDecider } from "../domain/receipt/receipt.decider.js";
import type { ReceiptEvent } from "../domain/receipt/receipt.events.js";
import { foldOrder } from "../read/fold-order.js";
import { foldQuotation } from "../read/quotations.projection.js";
import { foldReceipt } from "../read/receipts.projection.js";
import {
  assortmentAggregate,
  creditAggregate,
  delegationAggregate,
  attachmentAggregate,
  accountAggregate,
  invoiceAggregate,
  orderAggregate,
  quotationAggregate,
  receiptAggregate,
  referenceAggregate,
  rulesAggregate,
} from "../service.js";
import { assortmentVersions } from "./assortment.codec.js";
import { creditVersions } from "./credit.codec.js";
import { delegationVersions } from "./delegation.codec.js";
import { attachmentVersions } from "./attachment.codec.js";
import { orderVersions } from "./order.codec.js";
import { quotationVersions } from "./quotation.codec.js";
import { accountVersions } from "./account.codec.js";
import { invoiceVersions } from "./invoice.codec.js";
import { receiptVersions } from "./receipt.codec.js";
import { referenceVersions } from "./reference.codec.js";
import { rulesVersions } from "./rules.codec.js";

const ATTACHMENT = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0008";
const QUOTATION = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0007";
const samplesOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8")) as (Encoded & { type: string })[];
const happened = <Event>(event: Event) =>
  ({ event, meta: { actor: { kind: "person", id: "li" }, occurredAt: "2026-03-02T08:00:00.000Z" } }) as Happened<Event>;

describe.each([
  ["order", orderVersions, orderAggregate, ORDER],
  ["quotation", quotationVersions, quotationAggregate, QUOTATION],
  ["attachment", attachmentVersions, attachmentAggregate, ATTACHMENT],
  ["account", accountVersions, accountAggregate, ORDER],
  ["invoice", invoiceVersions, invoiceAggregate, ORDER],
  ["receipt", receiptVersions, receiptAggregate, RECEIPT],
  ["credit", creditVersions, creditAggregate, CUSTOMER],
  ["assortment", assortmentVersions, assortmentAggregate, CUSTOMER],
  ["delegation", delegationVersions, delegationAggregate, ORDER],
  ["reference", referenceVersions, referenceAggregate, ORDER],
  ["rules", rulesVersions, rulesAggregate, ORDER],
] as const)("%s events", (name, versions, of, id) => {
  const samples = samplesOf(name);
  // One of many kinds of events: here all are alike.
  const aggregate = of as unknown as Aggregate<unknown, never, { readonly type: string }, never>;

  test("every version of every event has a sample", () => {
    const stored = new Set(samples.map(({ type, version }) => `${type}@${version}`));
    for (const [type, { version }] of Object.entries(versions)) {
      for (let each = 1; each <= version; each++) expect(stored).toContain(`${type}@${each}`);
    }
  });
  test("what is written now is what the newest samples are", () => {
    for (const sample of samples.filter(
      ({ type, version }) => (versions as Record<string, { version: number }>)[type]!.version === version,
    )) {
      expect(aggregate.codec.encode(aggregate.codec.decode(sample))).toEqual(sample);
    }
  });
  test.each(samples.map((sample) => [`${sample.type}@${sample.version}`, sample] as const))(
    "%s is told as its contract says",
    (_, sample) => {
      for (const { type, version, data } of aggregate.publish(id, aggregate.codec.decode(sample))) {
        const told = readPublic(type, version, JSON.parse(JSON.stringify(data)));
        expect(JSON.parse(JSON.stringify(told))).toEqual({ type, ...(JSON.parse(JSON.stringify(data)) as object) });
      }
    },
  );
});

test("an order's samples fold to a state and to a document", () => {
  const events = samplesOf("order").map((sample) => orderAggregate.codec.decode(sample));
  for (const event of events) {
    const before = event.type === "order.received" ? [] : [received as OrderEvent];
    expect([...before, event].reduce(orderDecider.evolve, orderDecider.initial).number).toBe("SO-2026-000001");
    const doc = [...before, event].reduce<ReturnType<typeof foldOrder>>(
      (folded, each) => foldOrder(folded, each, happened(each)),
      undefined,
    );
    expect(doc).toEqual(JSON.parse(JSON.stringify(doc)));
    expect(doc).toMatchObject({ number: "SO-2026-000001", customerId: CUSTOMER });
  }
});

test("a quotation's samples tell what was sent, and what came of it", () => {
  const events = samplesOf("quotation").map((sample) => quotationAggregate.codec.decode(sample) as QuotationEvent);
  const state = events.reduce(quotationDecider.evolve, quotationDecider.initial);
  expect(state).toMatchObject({ lifecycle: "accepted", version: 2, number: "QU-2026-000001" });
  const doc = events.reduce<ReturnType<typeof foldQuotation>>(
    (folded, each) => foldQuotation(folded, each, happened(each)),
    undefined,
  );
  expect(doc).toEqual(JSON.parse(JSON.stringify(doc)));
  expect(doc).toMatchObject({
    lifecycle: "accepted",
    validUntil: "2026-04-10",
    paymentTerms: "NET30",
    ordered: { "1": "4" },
    versions: [
      { version: 1, validUntil: "2026-03-10", paymentTerms: "COD", answer: { outcome: "declined", reason: "price" } },
      { version: 2, answer: { outcome: "accepted", orderId: ORDER, whole: false } },
    ],
  });
  expect(doc).not.toHaveProperty("expiresAt");
});

test("a receipt's samples do too", () => {
  const events = samplesOf("receipt").map((sample) => receiptAggregate.codec.decode(sample) as ReceiptEvent);
  expect(events.reduce(receiptDecider.evolve, receiptDecider.initial)).toMatchObject({ unallocated: 261n });
  const doc = events.reduce<ReturnType<typeof foldReceipt>>(
    (folded, each) => foldReceipt(folded, each, happened(each)),
    undefined,
  );
  expect(doc).toMatchObject({
    unallocated: { minor: "261" },
    allocations: [1, 2, 3, 4].map(() => ({ orderId: ORDER, at: "2026-03-02T08:00:00.000Z" })),
    refunds: [{ amount: { minor: "100" } }, { amount: { minor: "100" }, returnId: expect.any(String) }],
  });
});
