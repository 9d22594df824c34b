// docs/walkthrough-export, carried out: an export order from the quotation to the last payment.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLog } from "@gendan/service-kit";
import { openCompany, type Company } from "../company.js";
import { Walkthrough } from "./spec.js";

let company: Company;
let url: string;
beforeAll(async () => {
  company = await openCompany({ where: "memory", log: createLog({ level: "silent", service: "walkthrough" }) });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => company.stop());

const walk = new Walkthrough("walkthrough-export", () => ({ company, url }));

describe("an export order, from the quotation to the last payment", () => {
  walk.tests();

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

  test("every document is what the log says", async () => {
    await company.settled();
    for (const service of company.services.values()) expect((await service.verify()).differences).toEqual([]);
  });
});
