import { describe, expect, test } from "@jest/globals";
import { comparisonDefaults, type ComparisonRules } from "../../rules/comparison.rules.js";
import type { OrderEvent } from "../order.events.js";
import { after, cny, CUSTOMER, feed, given, isConfirmed, li, note, received, verified, wang } from "../spec.js";
import type { CompareOrder } from "./compare-order.js";
import type { DiscrepancyRecorded } from "./comparison.events.js";

const by = { actor: wang };
const ruled = (rules: Partial<ComparisonRules>, version = 1) => ({
  version,
  rules: { ...comparisonDefaults, ...rules },
});
const purchase = (revision: string, minor = 250, quantity = "10") =>
  ({
    type: "RecordPurchaseOrder",
    number: "PO-1",
    revision,
    lines: [{ sku: "A-1", quantity, unitPrice: cny(minor), requestedOn: "2026-03-20" }],
  }) as const;
const compare = (comparisonId: string, more: Partial<CompareOrder> = {}): CompareOrder => ({
  type: "CompareOrder",
  comparisonId,
  quotations: [],
  ...more,
});
const correct = (minor: number) =>
  ({
    type: "CorrectOrder",
    lines: [{ sku: "A-1", quantity: "10", unitPrice: cny(minor), requestedOn: "2026-03-20" }],
  }) as const;
const recordedIn = (events: readonly OrderEvent[]) =>
  events.filter((event): event is DiscrepancyRecorded => event.type === "order.discrepancy.recorded");
/** What a comparison did, in words. */
const told = (events: readonly OrderEvent[], command = compare("c9")) => {
  const { decision } = given(...events).when(command, by);
  return (decision as { readonly events: readonly OrderEvent[] }).events.map((event) => {
    if (event.type === "order.discrepancy.recorded") return `${event.aspect}: ${event.ours} | ${event.theirs}`;
    if (event.type === "order.discrepancy.resolved") return `${event.outcome}, ${event.open} open`;
    return event.type === "order.compared" ? `found ${event.found}, settled ${event.settled}, open ${event.open}` : "?";
  });
};

describe("a purchase order", () => {
  test("is kept as it was given", () =>
    given(received)
      .when(purchase("A"), by)
      .then({ ...purchase("A"), type: "order.purchase.recorded" }));
  test("has one content for each revision", () => {
    const events = after([received], purchase("A"));
    given(...events)
      .when(purchase("A"), by)
      .unchanged();
    given(...events)
      .when(purchase("A", 249), by)
      .refused("PURCHASE_ORDER_CHANGED");
  });
  test("takes a verification back", () =>
    expect(given(...after([received, verified], purchase("A"))).state().lifecycle).toBe("received"));
  test("is told with every fault at once", () =>
    given(received)
      .when(
        {
          ...purchase("A"),
          number: " ",
          lines: [{ quantity: "0", unitPrice: { minor: "-1", currency: "cny" }, requestedOn: "2026-02-30" }],
        },
        by,
      )
      .refused(
        "TEXT_MISSING",
        "TEXT_MISSING",
        "QUANTITY_NOT_POSITIVE",
        "PRICE_INVALID",
        "CURRENCY_INVALID",
        "DATE_INVALID",
      ));
  test("has lines, and not too many", () => {
    given(received)
      .when({ ...purchase("A"), lines: [] }, by)
      .refused("LINES_MISSING");
    const many = Array.from({ length: 1_001 }, () => purchase("A").lines[0]);
    given(received)
      .when({ ...purchase("A"), lines: many }, by)
      .refused("TOO_MANY");
  });
  test("comes before the order is binding", () => {
    given(...isConfirmed)
      .when(purchase("A"), by)
      .refused("ORDER_STATE");
    given().when(purchase("A"), by).refused("NOT_FOUND");
  });
});

describe("comparing", () => {
  test("records all differences at once, then says so", () => {
    const { decision } = given(...after([received], purchase("A", 240, "12"))).when(compare("c1"), by);
    expect(decision).toMatchObject({
      events: [
        {
          type: "order.discrepancy.recorded",
          lineId: "1",
          aspect: "quantity",
          comparedWith: "purchaseOrder",
          ours: "10 pcs",
          theirs: "12 pcs",
          comparisonId: "c1",
          document: "PO-1/A",
        },
        { type: "order.discrepancy.recorded", aspect: "price", ours: "250 CNY", theirs: "240 CNY" },
        {
          type: "order.compared",
          comparisonId: "c1",
          documents: [{ comparedWith: "purchaseOrder", document: "PO-1/A" }],
          found: 2,
          settled: 0,
          open: 2,
          rules: 0,
        },
      ],
    });
  });
  test("finds nothing where nothing differs, and leaves a verification", () => {
    const events = after([received], purchase("A"), compare("c1"));
    expect(told(after([received], purchase("A")))).toEqual(["found 0, settled 0, open 0"]);
    expect(given(...events).state().lifecycle).toBe("received");
  });
  test("takes a verification back where something differs", () => {
    const events = after([received, verified], purchase("A", 1), compare("c1"));
    expect(given(...events).state().lifecycle).toBe("discrepant");
  });
  test("again without a change changes nothing; under other rules it is done anew", () => {
    const events = after([received], purchase("A", 240), compare("c1"));
    expect(told(events)).toEqual([]);
    expect(told(events, compare("c2", { rules: ruled({}) }))).toEqual(["found 0, settled 0, open 1"]);
  });
  test("after the correction resolves what agrees, visibly, and adds what is new", () => {
    const events = after([received], purchase("A", 240, "12"), compare("c1"), correct(240));
    expect(told(events)).toEqual(["corrected, 1 open", "found 0, settled 1, open 1"]);
    const all = after(events, compare("c2"), {
      ...correct(240),
      lines: [{ ...correct(240).lines[0], quantity: "12", requestedOn: "2026-03-25" }],
    });
    expect(told(all)).toEqual(["date: 2026-03-25 | 2026-03-20", "corrected, 1 open", "found 1, settled 1, open 1"]);
  });
  test("the newest purchase order counts: what an older one said is superseded", () => {
    const events = after([received], purchase("A", 240), compare("c1"), purchase("B", 245));
    expect(told(events)).toEqual(["price: 250 CNY | 245 CNY", "superseded, 1 open", "found 1, settled 1, open 1"]);
    expect(told(after([received], purchase("A", 240), compare("c1"), purchase("B")))).toEqual([
      "superseded, 0 open",
      "found 0, settled 1, open 0",
    ]);
  });
  test("what lies within the tolerance of other rules is resolved as such", () => {
    const events = after([received], purchase("A", 240), compare("c1"));
    expect(told(events, compare("c2", { rules: ruled({ priceTolerance: "5" }) }))).toEqual([
      "tolerated, 0 open",
      "found 0, settled 1, open 0",
    ]);
  });
  test("clears nothing that it does not look at", () => {
    const events = after([received], purchase("A", 240), compare("c1"));
    expect(told(events, compare("c2", { rules: ruled({ aspects: ["date"] }) }))).toEqual([
      "found 0, settled 0, open 1",
    ]);
    const byHand = after(
      [received],
      { type: "RecordDiscrepancy", discrepancyId: "d1", aspect: "packaging", comparedWith: "purchaseOrder" },
      purchase("A"),
    );
    expect(told(byHand)).toEqual(["found 0, settled 0, open 1"]);
  });
  test("what was agreed on or waived is no news; what was mended and is wrong again is", () => {
    const events = after([received], purchase("A", 240), compare("c1"));
    const [{ discrepancyId }] = recordedIn(events) as [DiscrepancyRecorded];
    const agreed = after(events, { type: "ResolveDiscrepancy", discrepancyId, outcome: "agreed" });
    expect(told(after(agreed, purchase("B", 240)))).toEqual(["found 0, settled 0, open 0"]);
    expect(told(after(agreed, purchase("B", 230)))).toEqual(["price: 250 CNY | 230 CNY", "found 1, settled 0, open 1"]);
    const wrongAgain = after(events, correct(240), compare("c2"), correct(250));
    expect(told(wrongAgain)).toEqual(["price: 250 CNY | 240 CNY", "found 1, settled 0, open 1"]);
  });
  test("needs something to compare with, while nothing is binding", () => {
    given(received).when(compare("c1"), by).refused("NOTHING_TO_COMPARE");
    given(...isConfirmed)
      .when(compare("c1"), by)
      .refused("ORDER_STATE");
  });
  test("with the quotation as well, each for itself", () => {
    const quoted = {
      ...received,
      lines: [{ ...received.lines[0]!, quoted: { quotationId: "q1", version: 2, lineId: "1" } }],
    };
    const quotation = {
      comparedWith: "quotation",
      document: "QU-1/2",
      lines: [{ lineId: "1", quantity: "10", unitPrice: cny(251) }],
    } as const;
    expect(told([quoted], compare("c1", { quotations: [quotation] }))).toEqual([
      "price: 250 CNY | 251 CNY",
      "found 1, settled 0, open 1",
    ]);
    const events = after([quoted], purchase("A", 240), compare("c1", { quotations: [quotation] }), purchase("B"));
    // Nobody has looked at the quotation this time: its difference stays.
    expect(told(events)).toEqual(["superseded, 1 open", "found 0, settled 1, open 1"]);
  });
});

describe("an order that came by itself", () => {
  const noteQuotation = {
    type: "NoteQuotation",
    quotationId: "q1",
    version: 2,
    lines: [
      { lineId: "7", sku: "B-1" },
      { lineId: "8", sku: "A-1" },
    ],
  } as const;
  const quoted = {
    type: "order.quoted",
    quotationId: "q1",
    version: 2,
    lines: [{ lineId: "1", quotedLineId: "8" }],
  } as const;

  test("learns what it was quoted by, line by line, once", () => {
    given(received).when(noteQuotation, by).then(quoted);
    given(received, quoted).when(noteQuotation, by).unchanged();
    given().when(noteQuotation, by).unchanged();
    const { content, quotedBy } = given(received, quoted).state();
    expect(content.lines[0]!.quoted).toEqual({ quotationId: "q1", version: 2, lineId: "8" });
    expect(quotedBy).toEqual([{ quotationId: "q1", version: 2 }]);
  });
  test("is compared anew, and keeps its lineage when it is corrected", () => {
    const events = after([received], purchase("A"), compare("c1"), noteQuotation);
    expect(given(...events).state().compared).toBeUndefined();
    const corrected = given(...after(events, correct(240))).state();
    expect(corrected.content.lines[0]!.quoted).toMatchObject({ lineId: "8" });
    expect(corrected.quotedBy).toEqual([{ quotationId: "q1", version: 2 }]);
  });
});

describe("settling what was found", () => {
  const events = after([received], purchase("A", 240), compare("c1"));
  const [{ discrepancyId }] = recordedIn(events) as [DiscrepancyRecorded];
  const waive = { type: "WaiveDiscrepancy", discrepancyId, reason: "goodwill", roles: ["sales"] } as const;
  const waived = {
    type: "order.discrepancy.waived",
    discrepancyId,
    reason: "goodwill",
    authority: [],
    open: 0,
    rules: 0,
  } as const;

  test("by agreement, with whom at the customer where the rules ask for it", () => {
    const agree = { type: "ResolveDiscrepancy", discrepancyId, outcome: "agreed" } as const;
    const rules = ruled({ agreedWithNeeded: true });
    given(...events)
      .when({ ...agree, agreedWith: note, note, rules }, by)
      .then({ type: "order.discrepancy.resolved", discrepancyId, outcome: "agreed", open: 0, agreedWith: note, note });
    given(...events)
      .when({ ...agree, rules }, by)
      .refused("TEXT_MISSING");
  });
  test("by a correction only when comparing finds it no more", () =>
    given(...events)
      .when({ type: "ResolveDiscrepancy", discrepancyId, outcome: "corrected" }, by)
      .refused("COMPARE_AGAIN"));
  test("by a waiver, with its reason", () => {
    given(...events)
      .when({ ...waive, note }, by)
      .then({ ...waived, note });
    given(...events)
      .when({ ...waive, reason: " " }, by)
      .refused("TEXT_MISSING");
    const state = given(...events, waived).state();
    expect([state.lifecycle, state.openDiscrepancies.size]).toEqual(["received", 0]);
  });
  test("by a waiver of whom the rules let", () => {
    const rules = ruled({ waivers: [{ aspects: ["price"], roles: ["lead", "manager"] }, { roles: ["sales"] }] }, 3);
    given(...events)
      .when({ ...waive, rules }, by)
      .refused("WAIVER_ROLE_NEEDED");
    given(...events)
      .when({ ...waive, rules, roles: ["sales", "lead"] }, by)
      .then({ ...waived, authority: ["lead"], rules: 3 });
  });
  test("never by whoever has entered or corrected the order, nor by a program", () => {
    given(...events)
      .when(waive, { actor: li })
      .refused("SAME_PERSON");
    given(
      ...after(events, { type: "RecordDiscrepancy", discrepancyId: "d2", aspect: "other", comparedWith: "quotation" }),
    )
      .when(waive, { actor: { ...feed, onBehalfOf: "li" } })
      .refused("SAME_PERSON");
    given(...events)
      .when(waive, { actor: feed })
      .refused("WAIVER_PERSON_NEEDED");
  });
  test("once", () => {
    given(...events, waived)
      .when(waive, by)
      .refused("ORDER_STATE");
    const two = after(events, {
      type: "RecordDiscrepancy",
      discrepancyId: "d2",
      aspect: "other",
      comparedWith: "quotation",
    });
    given(...two, { ...waived, open: 1 })
      .when(waive, by)
      .refused("DISCREPANCY_NOT_FOUND");
  });
  test("what was waived is verified, and not at the first pass", () =>
    given(...events, waived)
      .when({ type: "VerifyOrder" }, by)
      .then({ type: "order.verified", verifiedBy: wang, firstPass: false }));
});

describe("a verification", () => {
  const verify = (rules: Partial<ComparisonRules>) => ({ type: "VerifyOrder", comparison: ruled(rules) }) as const;
  const needed = { needed: [{ comparedWith: "purchaseOrder" }] } as const;
  const under = { rules: ruled(needed) };

  test("asks for no comparison unless a rule does", () =>
    given(received)
      .when(verify({}), by)
      .then({ type: "order.verified", verifiedBy: wang, firstPass: true, comparisonRules: 1 }));
  test("waits for the purchase order where a rule asks for it, and for the order as it stands", () => {
    given(received).when(verify(needed), by).refused("COMPARISON_NEEDED");
    const recorded = after([received], purchase("A"));
    given(...recorded)
      .when(verify(needed), by)
      .refused("COMPARISON_NEEDED");
    const compared = after(recorded, compare("c1", under));
    given(...compared)
      .when(verify(needed), by)
      .then({ type: "order.verified", verifiedBy: wang, firstPass: true, comparisonRules: 1 });
    for (const change of [correct(240), purchase("B")]) {
      given(...after(compared, change))
        .when(verify(needed), by)
        .refused("COMPARISON_NEEDED");
    }
  });
  test("of other customers and channels does not", () => {
    for (const other of [{ customers: [received.customerId.replace("2", "3")] }, { channels: ["mail"] }] as const) {
      const rules = { needed: [{ ...needed.needed[0], ...other }] };
      expect(given(received).when(verify(rules), by).decision).toHaveProperty("events");
    }
    given(received)
      .when(verify({ needed: [{ comparedWith: "purchaseOrder", customers: [CUSTOMER], channels: ["sales"] }] }), by)
      .refused("COMPARISON_NEEDED");
  });
  test("of an order that comes from no quotation needs none", () => {
    const rules = { needed: [{ comparedWith: "quotation" }] } as const;
    expect(given(received).when(verify(rules), by).decision).toHaveProperty("events");
    const quoted = {
      ...received,
      lines: [{ ...received.lines[0]!, quoted: { quotationId: "q1", version: 2, lineId: "1" } }],
    };
    given(quoted).when(verify(rules), by).refused("COMPARISON_NEEDED");
  });
  test("names what is missing beside who may not", () =>
    given(received).when(verify(needed), { actor: li }).refused("COMPARISON_NEEDED", "SAME_PERSON"));
});
