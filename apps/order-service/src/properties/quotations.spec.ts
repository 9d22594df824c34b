// What holds for every quotation, whatever was asked of it: over random lives.
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { millionths, type Happened } from "@gendan/eventing";
import { cny, CUSTOMER, givenLine, li, ORDER } from "../domain/order/spec.js";
import { quotationDecider, quotationFacts, type QuotationCommand } from "../domain/quotation/quotation.decider.js";
import type { QuotationEvent } from "../domain/quotation/quotation.events.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import { foldQuotation } from "../read/quotations.projection.js";
import type { QuotationDocument } from "../read/quotation.document.js";
import { quotationVersions } from "../stored/quotation.codec.js";
import { quotationActions, type QuotationAction } from "../write/quotation-actions.js";

const lines = [
  { ...givenLine, lineId: "1", quantity: "6", schedules: [{ quantity: "2" }, { quantity: "4" }] },
  { ...givenLine, lineId: "2", quantity: "3" },
];
const draft: QuotationCommand = {
  type: "DraftQuotation",
  quotationId: ORDER,
  number: "QU-2026-000001",
  customerId: CUSTOMER,
  currency: "CNY",
  zone: "Asia/Shanghai",
  department: "cn/east",
  departmentInScope: true,
  lines,
  validUntil: "2026-03-10",
};
const days = ["2026-03-05", "2026-03-10", "2026-03-20"];
const validUntil = fc.constantFrom(...days);
const part = fc.record({
  lineId: fc.constantFrom("1", "2", "2", "9"),
  quantity: fc.constantFrom("1", "2.5", "3", "6", "7"),
});
const accepting = fc.record({
  version: fc.constantFrom(1, 1, 2, 2, 3),
  lines: fc.option(fc.array(part, { minLength: 1, maxLength: 2 }), { nil: undefined }),
});
const command: fc.Arbitrary<QuotationCommand> = fc.oneof(
  fc.constant(draft),
  fc.tuple(validUntil, fc.constantFrom(200, 250)).map(([day, minor]): QuotationCommand => ({
    type: "ChangeQuotation",
    validUntil: day,
    lines: [{ ...lines[0]!, unitPrice: cny(minor) }, lines[1]!],
  })),
  { weight: 5, arbitrary: fc.constant<QuotationCommand>({ type: "SendQuotation" }) },
  { weight: 3, arbitrary: validUntil.map((day): QuotationCommand => ({ type: "ReviseQuotation", validUntil: day })) },
  {
    weight: 4,
    arbitrary: accepting.map(({ version, lines: asked }): QuotationCommand => ({
      type: "AcceptQuotation",
      quotationId: ORDER,
      channel: "sales",
      version,
      ...(asked === undefined ? {} : { lines: asked }),
    })),
  },
  fc.constant<QuotationCommand>({ type: "DeclineQuotation", reason: "price" }),
  {
    weight: 2,
    arbitrary: validUntil.map((day): QuotationCommand => ({ type: "ElapseQuotation", dueAt: `${day}T16:00:00.000Z` })),
  },
);
const step = fc.record({ command, at: fc.constantFrom("2026-03-02T08:00:00.000Z", "2026-03-08T08:00:00.000Z") });
const life = fc
  .array(step, { maxLength: 16 })
  .map((more) => [{ command: draft, at: "2026-03-02T08:00:00.000Z" }, ...more]);

interface Step {
  readonly before: QuotationState;
  readonly after: QuotationState;
  readonly command: QuotationCommand;
  readonly at: string;
  readonly events: readonly QuotationEvent[] | undefined;
  readonly doc: QuotationDocument | undefined;
}

function live(steps: readonly { readonly command: QuotationCommand; readonly at: string }[]): Step[] {
  let state = quotationDecider.initial;
  let doc: QuotationDocument | undefined;
  return steps.map(({ command: given, at }) => {
    const before = state;
    const decision = quotationDecider.decide(before, given, { actor: li, at });
    const events = "events" in decision ? decision.events : undefined;
    for (const event of events ?? []) {
      state = quotationDecider.evolve(state, event);
      doc = foldQuotation(doc, event, { event, meta: { actor: li, occurredAt: at } } as Happened<QuotationEvent>);
    }
    return { before, after: state, command: given, at, events, doc };
  });
}
const lives = (check: (steps: Step[]) => void) =>
  fc.assert(
    fc.property(life, (steps) => check(live(steps))),
    { numRuns: 600, seed: 20_261_126 },
  );

describe("over random lives", () => {
  test("facts are never refused", () =>
    lives((steps) => {
      for (const { command: given, events } of steps) if (quotationFacts.has(given.type)) expect(events).toBeDefined();
    }));

  test("each version is accepted once, the newest, before it ends, and never beyond what it offers", () =>
    lives((steps) => {
      const seen = new Set<number>();
      for (const { before, at, events } of steps) {
        for (const event of events ?? []) {
          if (event.type !== "quotation.accepted") continue;
          expect(seen.has(event.version)).toBe(false);
          seen.add(event.version);
          const sent = before.sent.get(event.version)!;
          expect([before.lifecycle, event.version, at < sent.expiresAt]).toEqual(["sent", before.version, true]);
          for (const { lineId, quantity } of event.lines) {
            const offered = sent.content.lines.find((line) => line.lineId === lineId)!;
            expect(millionths(quantity) <= millionths(offered.quantity)).toBe(true);
          }
        }
      }
    }));

  test("what was sent never changes, and what was ordered is the sum of what was accepted", () =>
    lives((steps) => {
      const sums = new Map<string, bigint>();
      for (const { before, after, events } of steps) {
        for (const [version, sent] of before.sent) expect(after.sent.get(version)).toBe(sent);
        for (const event of events ?? []) {
          if (event.type !== "quotation.accepted") continue;
          for (const { lineId, quantity } of event.lines) {
            sums.set(lineId, (sums.get(lineId) ?? 0n) + millionths(quantity));
          }
        }
        expect([...after.ordered]).toEqual([...sums]);
      }
    }));

  test("the document says what the decisions know, and has a deadline exactly while it can be accepted", () =>
    lives((steps) => {
      for (const { after, doc } of steps) {
        expect([doc!.lifecycle, doc!.version]).toEqual([after.lifecycle, after.version]);
        expect(doc!.lines).toEqual(after.content.lines);
        expect(doc!.validUntil).toBe(after.content.validUntil);
        expect(doc!.versions.map(({ version }) => version)).toEqual([...after.sent.keys()]);
        expect(doc!.expiresAt).toBe(after.lifecycle === "sent" ? after.sent.get(after.version)!.expiresAt : undefined);
        for (const [lineId, sum] of after.ordered) expect(millionths(doc!.ordered[lineId]!)).toBe(sum);
      }
    }));

  test("they are many: every event occurs", () => {
    const unseen = new Set<string>(Object.keys(quotationVersions));
    lives((steps) => steps.forEach(({ events }) => events?.forEach(({ type }) => unseen.delete(type))));
    expect([...unseen]).toEqual([]);
  });
});

const inputs: Readonly<Record<QuotationAction, (quotation: QuotationState) => readonly QuotationCommand[]>> = {
  changeQuotation: () => ["COD", "NET30"].map((paymentTerms) => ({ type: "ChangeQuotation", paymentTerms })),
  sendQuotation: () => [{ type: "SendQuotation" }],
  reviseQuotation: () => [{ type: "ReviseQuotation" }],
  acceptQuotation: () =>
    [1, 2, 3, 4, 5].map((version) => ({ type: "AcceptQuotation", quotationId: ORDER, channel: "mail", version })),
  declineQuotation: () => [{ type: "DeclineQuotation", reason: "x" }],
};

test("what is listed is accepted with a suitable input, what is not listed changes nothing whatever its input", () =>
  lives((steps) => {
    const { after } = steps.at(-1)!;
    for (const at of ["2026-03-02T08:00:00.000Z", "2026-03-15T08:00:00.000Z"]) {
      const listed = quotationActions(after, at);
      for (const [action, made] of Object.entries(inputs) as [
        QuotationAction,
        (quotation: QuotationState) => readonly QuotationCommand[],
      ][]) {
        const taken = made(after).some((given) => {
          const decision = quotationDecider.decide(after, given, { actor: li, at });
          return "events" in decision && decision.events.length > 0;
        });
        expect([action, listed.includes(action)]).toEqual([action, taken]);
      }
    }
  }));
