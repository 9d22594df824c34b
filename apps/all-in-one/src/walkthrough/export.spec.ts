// docs/walkthrough-export, carried out: an export order from the quotation to the last payment.
import { describe, expect, test } from "@jest/globals";
import { walkedThrough } from "./spec.js";

describe("an export order, from the quotation to the last payment", () => {
  const walk = walkedThrough("walkthrough-export");

  test("has refused what the rules forbid, and nothing else", () => {
    const codes = new Set(walk.refused.flatMap((each) => (walk.elsewhere.has(each) ? [] : each.codes)));
    expect([...codes].sort()).toEqual([
      ...[
        "ABOVE_INVOICEABLE",
        "AMENDMENT_NOT_APPROVED",
        "APPROVAL_NEEDED",
        "COMPARISON_NEEDED",
        "PROMISE_BEFORE_REPLY",
        "QUOTATION_SUPERSEDED",
      ],
      "TEXT_MISSING",
    ]);
  });
});
