// What the domain's specs tell their stories with: persons, sealed values, a customer, an order, a case and an issue.
import type { Actor, Sealed } from "@gendan/eventing";
import { SPEC_TIME } from "@gendan/testing/given";
import type { CaseOpened } from "./case/case.events.js";
import type { CustomerRegistered } from "./customer/customer.events.js";
import type { IssueEvent, IssueOpened } from "./issue/issue.events.js";

export const li: Actor = { kind: "person", id: "li" };
export const wang: Actor = { kind: "person", id: "wang" };
export const chen: Actor = { kind: "person", id: "chen" };
export const importer: Actor = { kind: "service", id: "importer" };

export const customerId = "00000000-0000-4000-8000-0000000000c1";
export const orderId = "00000000-0000-4000-8000-0000000000a1";
export const shipmentId = "00000000-0000-4000-8000-0000000000b1";
export const caseId = "00000000-0000-4000-8000-0000000000d1";
export const issueId = "00000000-0000-4000-8000-0000000000e1";
export const slotId = "00000000-0000-4000-8000-0000000000f1";

/** A sealed text: each sealing gives other ciphertext, the mac is the same for the same text. */
export const sealed = (text: string, sealing = 1): Sealed => ({
  subject: customerId,
  keyVersion: 1,
  ciphertext: `${sealing}:${text}`,
  mac: `mac:${text}`,
});

export const scope = { department: "cn/east", visibleTo: ["d:", "d:cn", "d:cn/east"] };

export const customerRegistered: CustomerRegistered = {
  type: "customer.registered",
  number: "CU-2026-000001",
  kind: "organisation",
  name: "Nordwind GmbH",
  localNames: [{ language: "zh", name: "北风有限公司" }],
  country: "DE",
  externalReferences: [{ system: "erp", number: "4711" }],
  ...scope,
};

export const caseOpened: CaseOpened = {
  type: "case.opened",
  number: "CS-2026-000001",
  kind: "complaint",
  customerId,
  subject: "damage",
  text: sealed("two of them are broken"),
  priority: "high",
  about: { orderId },
  openedAt: SPEC_TIME,
  ...scope,
};

export const issueOpened: IssueOpened = {
  type: "issue.opened",
  number: "IS-2026-000001",
  severity: "severe",
  title: "damage",
  description: sealed("the lid does not close"),
  about: { orderId, caseId, orderIds: [orderId], customerId },
  openedAt: SPEC_TIME,
  openedOn: "2026-03-02",
  ...scope,
};
const { about } = issueOpened;

/** An issue's whole life, step by step: the severe one's events in their order. */
export const issueLife = {
  opened: issueOpened,
  minor: {
    type: "issue.triaged",
    severity: "minor",
    responsibleParty: "carrier",
    owner: "li",
    about,
    visibleTo: [...scope.visibleTo, "u:li"],
  },
  triaged: {
    type: "issue.triaged",
    severity: "severe",
    responsibleParty: "carrier",
    owner: "li",
    about,
    visibleTo: [...scope.visibleTo, "u:li"],
  },
  confirmed: { type: "issue.cause.confirmed", cause: "packing", evidence: sealed("photo 7"), about },
  added: {
    type: "issue.action.added",
    actionId: "1",
    description: sealed("thicker board"),
    owner: "wang",
    dueOn: "2026-03-09",
    mandatory: true,
    about,
    visibleTo: [...scope.visibleTo, "u:li", "u:wang"],
  },
  completed: { type: "issue.action.completed", actionId: "1", about },
  resolved: { type: "issue.resolved", about },
  effective: { type: "issue.verified", effective: true, about },
  ineffective: { type: "issue.verified", effective: false, about },
  closed: { type: "issue.closed", cause: "packing", about },
} as const satisfies Record<string, IssueEvent>;
