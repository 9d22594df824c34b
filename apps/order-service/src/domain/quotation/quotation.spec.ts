import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, givenLine, li, line, note, scope, system } from "../order/spec.js";
import { orderOf } from "./accept-quotation.js";
import { quotationDecider } from "./quotation.decider.js";
import type { QuotationSent } from "./quotation.events.js";

const given = specFor(quotationDecider);
const by = { actor: li };
const QUOTATION = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0007";

const draft = {
  type: "DraftQuotation",
  quotationId: QUOTATION,
  number: "QU-2026-000001",
  customerId: CUSTOMER,
  currency: "CNY",
  zone: "Asia/Shanghai",
  department: "cn/east",
  departmentInScope: true,
  assignee: "li",
  lines: [givenLine],
  validUntil: "2026-03-10",
} as const;
const own = { number: "QU-2026-000001", customerId: CUSTOMER, currency: "CNY", ...scope };
const offer = {
  lines: [line],
  references: [],
  customFields: [],
  validUntil: "2026-03-10",
  amount: cny(2500),
  freight: cny(0),
};
const drafted = { type: "quotation.drafted", ...own, zone: "Asia/Shanghai", ...offer } as const;
const sent: QuotationSent = {
  type: "quotation.sent",
  version: 1,
  ...own,
  ...offer,
  expiresAt: "2026-03-10T16:00:00.000Z",
};
const accept = { type: "AcceptQuotation", quotationId: QUOTATION, version: 1, channel: "sales" } as const;
const accepted = {
  type: "quotation.accepted",
  version: 1,
  channel: "sales",
  orderId: orderOf(QUOTATION, 1),
  lines: [{ lineId: "1", quantity: "10" }],
  whole: true,
  ...own,
} as const;
const declined = { type: "quotation.declined", version: 1, reason: "price", ...own } as const;
const expired = { type: "quotation.expired", version: 1, dueAt: sent.expiresAt, ...own } as const;
const revised = { type: "quotation.revised", version: 2, ...own, ...offer } as const;

describe("a draft", () => {
  test("is as complete as an order", () => given().when(draft, by).then(drafted));
  test("is refused with every fault at once", () =>
    given()
      .when(
        {
          ...draft,
          quotationId: "1",
          customerId: "x",
          zone: "Nowhere",
          department: "/",
          validUntil: "soon",
          lines: [],
        },
        by,
      )
      .refused("ID_INVALID", "ID_INVALID", "ZONE_UNKNOWN", "DEPARTMENT_INVALID", "DATE_INVALID", "LINES_MISSING"));
  test("of a department out of scope is refused", () =>
    given()
      .when({ ...draft, departmentInScope: false }, by)
      .refused("DEPARTMENT_OUT_OF_SCOPE"));
  test("is made once", () => given(drafted).when(draft, by).refused("QUOTATION_EXISTS"));
  test("is changed by what is given, and keeps the rest", () => {
    given(drafted)
      .when({ type: "ChangeQuotation", paymentTerms: "NET30" }, by)
      .then({ type: "quotation.changed", ...offer, paymentTerms: "NET30" });
    given(drafted).when({ type: "ChangeQuotation", validUntil: "2026-03-10" }, by).unchanged();
    given(drafted).when({ type: "ChangeQuotation", lines: [] }, by).refused("LINES_MISSING");
  });
  test("is changed only while it is one", () => {
    given(drafted, sent).when({ type: "ChangeQuotation", paymentTerms: "COD" }, by).refused("QUOTATION_STATE");
    given().when({ type: "ChangeQuotation" }, by).refused("NOT_FOUND");
  });
});

describe("sent", () => {
  test("it holds to the end of its last day in its zone", () =>
    given(drafted).when({ type: "SendQuotation" }, by).then(sent));
  test("not without a last day, nor after it", () => {
    const { validUntil: _, ...open } = drafted;
    given(open).when({ type: "SendQuotation" }, by).refused("TEXT_MISSING");
    given(drafted)
      .when({ type: "SendQuotation" }, { ...by, at: "2026-03-10T15:59:59.999Z" })
      .then(sent);
    given(drafted)
      .when({ type: "SendQuotation" }, { ...by, at: "2026-03-10T16:00:00.000Z" })
      .refused("DATE_PAST");
  });
  test("not twice", () => given(drafted, sent).when({ type: "SendQuotation" }, by).refused("QUOTATION_STATE"));
  test("it ends by the clock, unless it was answered or revised meanwhile", () => {
    const elapse = { type: "ElapseQuotation", dueAt: sent.expiresAt } as const;
    given(drafted, sent).when(elapse, { actor: system }).then(expired);
    for (const later of [accepted, declined, revised, expired]) {
      given(drafted, sent, later).when(elapse, { actor: system }).unchanged();
    }
    given(drafted, sent)
      .when({ ...elapse, dueAt: "2026-03-09T16:00:00.000Z" }, { actor: system })
      .unchanged();
  });
  test("the customer declines it, and says why", () => {
    const decline = { type: "DeclineQuotation", reason: "price" } as const;
    given(drafted, sent)
      .when({ ...decline, note }, by)
      .then({ ...declined, note });
    given(drafted, sent, expired).when(decline, by).then(declined);
    given(drafted, sent)
      .when({ ...decline, reason: " " }, by)
      .refused("TEXT_MISSING");
    given(drafted).when(decline, by).refused("QUOTATION_STATE");
    given(drafted, sent, accepted).when(decline, by).refused("QUOTATION_STATE");
  });
});

describe("revised", () => {
  test.each([[sent], [accepted], [declined], [expired]])("after %j it is a draft of the next version", (last) =>
    given(drafted, sent, last).when({ type: "ReviseQuotation" }, by).then(revised),
  );
  test("with what is given", () =>
    given(drafted, sent)
      .when({ type: "ReviseQuotation", validUntil: "2026-03-20" }, by)
      .then({ ...revised, validUntil: "2026-03-20" }));
  test("not what the customer never had", () =>
    given(drafted).when({ type: "ReviseQuotation" }, by).refused("QUOTATION_STATE"));
});

describe("accepted", () => {
  test("as a whole", () => given(drafted, sent).when(accept, by).then(accepted));
  test("in part: some lines, some of their quantity, another day", () => {
    const two = [line, { ...line, lineId: "2", sku: "B-1" }];
    given(drafted, { ...sent, lines: two })
      .when({ ...accept, lines: [{ lineId: "2", quantity: "4.50", requestedOn: "2026-04-01" }] }, by)
      .then({ ...accepted, lines: [{ lineId: "2", quantity: "4.5", requestedOn: "2026-04-01" }], whole: false });
  });
  test("what was ordered of each line is known, over all versions", () => {
    const again = { ...accepted, version: 2, lines: [{ lineId: "1", quantity: "2.5" }] };
    const { ordered } = given(drafted, sent, accepted, revised, { ...sent, version: 2 }, again).state();
    expect([...ordered]).toEqual([["1", 12_500_000n]]);
  });
  test("never twice, and the refusal names the order", () => {
    const { decision } = given(drafted, sent, accepted).when(accept, by);
    expect(decision).toEqual({
      refusals: [{ code: "QUOTATION_ACCEPTED", version: 1, orderId: orderOf(QUOTATION, 1) }],
    });
    given(drafted, sent, accepted, revised, { ...sent, version: 2 })
      .when(accept, by)
      .refused("QUOTATION_ACCEPTED");
  });
  test("not after its last day, whether the clock has said so yet or not", () => {
    given(drafted, sent, expired).when(accept, by).refused("QUOTATION_EXPIRED");
    given(drafted, sent)
      .when(accept, { ...by, at: sent.expiresAt })
      .refused("QUOTATION_EXPIRED");
  });
  test("not an older version, nor one that the customer does not have", () => {
    given(drafted, sent, revised).when(accept, by).refused("QUOTATION_SUPERSEDED");
    given(drafted, sent, revised)
      .when({ ...accept, version: 2 }, by)
      .refused("QUOTATION_STATE");
    given(drafted, sent)
      .when({ ...accept, version: 2 }, by)
      .refused("QUOTATION_SUPERSEDED");
    given(drafted).when(accept, by).refused("QUOTATION_STATE");
    given(drafted, sent, declined).when(accept, by).refused("QUOTATION_STATE");
    given().when(accept, by).refused("NOT_FOUND");
  });
  test.each([
    [[{ lineId: "9" }], "QUOTATION_LINE_UNKNOWN"],
    [[{ lineId: "1", quantity: "10.000001" }], "QUOTATION_EXCEEDED"],
    [[{ lineId: "1", quantity: "0" }], "QUANTITY_NOT_POSITIVE"],
    [[{ lineId: "1" }, { lineId: "1" }], "DUPLICATE_LINE"],
    [[], "LINES_MISSING"],
  ] as const)("not %j", (lines, code) =>
    given(drafted, sent)
      .when({ ...accept, lines }, by)
      .refused(code),
  );
  describe("by an order that came by itself", () => {
    const found = { customerId: CUSTOMER, currency: "CNY", isQuoted: false };
    const order = { orderId: "o1", found };
    test("is that order", () =>
      given(drafted, sent)
        .when({ ...accept, order }, by)
        .then({ ...accepted, orderId: "o1", existing: true }));
    test("which was taken in under the rules of its own moment; one that would be made now is decided under those of now", () => {
      const rules = { completeness: { version: 1, rules: { rules: [{ name: "terms", required: ["paymentTerms"] }] } } };
      given(drafted, sent)
        .when({ ...accept, order, rules }, by)
        .then({ ...accepted, orderId: "o1", existing: true });
      given(drafted, sent)
        .when({ ...accept, rules }, by)
        .refused("FIELD_REQUIRED");
    });
    test.each([
      [{ orderId: "o1" }, "QUOTATION_ORDER_NOT_FOUND"],
      [{ ...order, found: { ...found, customerId: "c9" } }, "QUOTATION_ORDER_DIFFERS"],
      [{ ...order, found: { ...found, currency: "EUR" } }, "QUOTATION_ORDER_DIFFERS"],
      [{ ...order, found: { ...found, isQuoted: true } }, "QUOTATION_ORDER_QUOTED"],
    ] as const)("not by %j", (other, code) =>
      given(drafted, sent)
        .when({ ...accept, order: other }, by)
        .refused(code),
    );
  });
  test("not where the order would be refused, with what it would be refused with", () =>
    given(drafted, sent)
      .when({ ...accept, lines: [{ lineId: "1", requestedOn: "2026-02-30" }] }, by)
      .refused("DATE_INVALID"));
});
