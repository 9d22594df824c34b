// docs/walkthrough-trouble, carried out: an order with which everything goes wrong.
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

const walk = new Walkthrough("walkthrough-trouble", () => ({ company, url }));

describe("an order with which everything goes wrong", () => {
  walk.tests();

  test("every document is what the log says", async () => {
    await company.settled();
    for (const service of company.services.values()) expect((await service.verify()).differences).toEqual([]);
  });
});
