// What is told keeps its contract, names what it is about, and tells nothing personal.
import { describe, expect, test } from "@jest/globals";
import { contractOf } from "@gendan/contracts";
import type { PublicFact } from "@gendan/eventing";
import {
  caseId,
  caseOpened,
  customerRegistered,
  issueId,
  issueLife,
  issueOpened,
  sealed,
  slotId,
} from "../domain/spec.js";
import { customerService } from "../service.js";
import { codecOfAggregate, samples } from "../stored/spec.js";
import { publishCase } from "./case.js";
import { publishCustomer } from "./customer.js";
import { publishIssue } from "./issue.js";

const id = "00000000-0000-4000-8000-000000000001";

function told(aggregate: string, event: object): readonly PublicFact[] {
  return customerService.aggregates.find(({ name }) => name === aggregate)!.publish(id, event);
}

describe.each(samples.map((sample, index) => [`${index}: ${sample.type}`, sample] as const))("of %s", (_, sample) => {
  const facts = told(sample.aggregate, codecOfAggregate[sample.aggregate]!.decode(sample));
  const wires = facts.map(({ data }) => JSON.parse(JSON.stringify(data)) as object);

  test("it keeps its contract", () => {
    for (const [index, { type, version, topic }] of facts.entries()) {
      const contract = contractOf(type);
      expect(contract).toMatchObject({ topic, newest: version });
      expect(contract?.read(version, wires[index])).toEqual(wires[index]);
    }
  });
  test("nothing personal is told", () => {
    expect(JSON.stringify(wires)).not.toMatch(/ciphertext|"mac"/);
  });
});

test("what concerns this service alone is not told", () => {
  const silent = samples.filter((sample) => {
    return told(sample.aggregate, codecOfAggregate[sample.aggregate]!.decode(sample)).length === 0;
  });
  expect([...new Set(silent.map(({ type }) => type))]).toEqual([
    "case.issue.unlinked",
    "slot.released",
    "order.noted",
    "order.cancellation.noted",
    "order.dependant.noted",
    "customer.erasure.requested",
    "customer.erasure.withdrawn",
    "contact.erasure.requested",
    "contact.erasure.withdrawn",
    "order.scope.noted",
    "customer.fields.changed",
    "custom.fields.noted",
  ]);
});

test("an organisation's name is told, a person's is not", () => {
  expect(publishCustomer(id, customerRegistered)[0]!.data).toMatchObject({ customerId: id, name: "Nordwind GmbH" });
  const person = { ...customerRegistered, kind: "person", name: sealed("Maria Silva"), localNames: [] } as const;
  expect(publishCustomer(id, person)[0]!.data).not.toHaveProperty("name");
});

test("a case and an issue are told with what they are about", () => {
  expect(publishCase(caseId, caseOpened)[0]).toMatchObject({
    type: "case.opened",
    data: { caseId, orderId: caseOpened.about.orderId, customerId: caseOpened.customerId },
  });
  const { about } = issueOpened;
  for (const event of Object.values(issueLife)) {
    expect(publishIssue(issueId, event)[0]!.data).toMatchObject({ issueId, ...about });
  }
});

test("an issue that a rule found is told with the rule and its slot, from its opening and at its closing", () => {
  const finding = { rule: "late-delivery", source: id, slotId };
  expect(publishIssue(issueId, { ...issueOpened, finding })[0]!.data).toMatchObject(finding);
  expect(publishIssue(issueId, { ...issueLife.closed, slotId })[0]!.data).toMatchObject({ slotId, cause: "packing" });
});
