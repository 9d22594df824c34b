// Every event of each document, as the projection folds it.
import { describe, expect, test } from "@jest/globals";
import type { DocumentFold, Happened, HappenedMeta } from "@gendan/eventing";
import type { CaseEvent } from "../domain/case/case.events.js";
import type { IssueEvent } from "../domain/issue/issue.events.js";
import {
  caseId,
  caseOpened,
  customerId,
  customerRegistered,
  issueId,
  issueLife as life,
  issueOpened,
  orderId,
  scope,
  sealed,
  slotId,
} from "../domain/spec.js";
import { samples } from "../stored/spec.js";
import { casesProjection, foldCase, type CaseDoc } from "./cases.js";
import { customersProjection, foldContact, foldCustomer, type CustomerDoc } from "./customers.js";
import { foldInteraction, foldSatisfaction, interactionsProjection } from "./interactions.js";
import { foldIssue, issueFor, issuesProjection, type IssueDoc } from "./issues.js";

const li = { kind: "person", id: "li" } as const;
const occurredAt = "2026-03-02T09:00:00.000Z";

function happened<Event>(event: Event, meta: Partial<HappenedMeta> = {}): Happened<Event> {
  const all = { actor: li, occurredAt, recordedAt: "2026-03-05T00:00:00.000Z", ...meta };
  return { id: "e1", source: "customer", aggregateId: "a1", sequence: 0, event, meta: all };
}

describe("a customer", () => {
  test("is what was registered, when it was", () => {
    const { type: _, ...registered } = customerRegistered;
    const doc = foldCustomer(undefined, customerRegistered, happened(customerRegistered));
    expect(doc).toEqual({ ...registered, registeredAt: occurredAt });
  });
  test("has its custom fields as they were changed last", () => {
    const customFields = [{ name: "class", value: "B" }];
    const events = [customerRegistered, { type: "customer.fields.changed", customFields, changed: ["class"] }] as const;
    const doc = events.reduce<CustomerDoc | undefined>(
      (d, event) => foldCustomer(d, event, happened(event)),
      undefined,
    );
    expect(doc).toMatchObject({ number: customerRegistered.number, customFields });
    expect(foldCustomer(undefined, events[1], happened(events[1]))).toBeUndefined();
  });
  test("has its contacts", () => {
    const contact = { customerId, name: sealed("Anna Berg"), role: "buyer", ...scope };
    const event = { type: "contact.registered", ...contact } as const;
    expect(foldContact(undefined, event, happened(event))).toEqual({ ...contact, registeredAt: occurredAt });
  });
});

describe("what was said", () => {
  const about = { orderId, caseId };
  const logged = { type: "interaction.logged", customerId, channel: "call", direction: "inbound", about, ...scope } as const; // prettier-ignore
  const recorded = { type: "satisfaction.recorded", customerId, score: 5, about, recordedOn: "2026-03-02", ...scope } as const; // prettier-ignore

  test("is an interaction with what it is about", () =>
    expect(foldInteraction(undefined, logged, happened(logged))).toEqual({
      customerId,
      channel: "call",
      direction: "inbound",
      orderId,
      caseId,
      ...scope,
      loggedAt: occurredAt,
    }));
  test("is an answer on its local day", () =>
    expect(foldSatisfaction(undefined, recorded, happened(recorded))).toEqual({
      customerId,
      score: 5,
      orderId,
      caseId,
      recordedOn: "2026-03-02",
      ...scope,
      recordedAt: occurredAt,
    }));
  test("keeps a claim in the future beside it", () => {
    const claim = { claimedAt: "2199-01-01T00:00:00.000Z" };
    expect(foldInteraction(undefined, logged, happened(logged, claim))).toMatchObject(claim);
    expect(foldSatisfaction(undefined, recorded, happened(recorded, claim))).toMatchObject(claim);
  });
});

describe("a case", () => {
  const fold = (...events: CaseEvent[]) =>
    events.reduce<CaseDoc | undefined>((doc, event) => foldCase(doc, event, happened(event)), undefined);
  const answered = {
    type: "case.answered",
    text: sealed("we look into it"),
    human: true,
    first: true,
    answeredAt: occurredAt,
    about: { orderId },
  } as const;
  const { type: _, about: __, ...opened } = caseOpened;

  test("is opened with what it is about", () =>
    expect(fold(caseOpened)).toEqual({ ...opened, orderId, state: "open", answers: [] }));
  test("is answered by a person", () =>
    expect(fold(caseOpened, answered)).toMatchObject({
      state: "answered",
      firstAnsweredAt: occurredAt,
      answers: [{ text: answered.text, human: true, answeredAt: occurredAt, answeredBy: "li" }],
    }));
  test("waits for a person when a machine answered", () => {
    const doc = fold(caseOpened, { ...answered, human: false, first: false });
    expect(doc).toMatchObject({ state: "open", answers: [{ human: false }] });
    expect(doc).not.toHaveProperty("firstAnsweredAt");
  });
  test("keeps the time of the first answer", () => {
    const later = { ...answered, first: false, answeredAt: "2026-03-03T09:00:00.000Z" };
    expect(fold(caseOpened, answered, later)).toMatchObject({ firstAnsweredAt: occurredAt, answers: { length: 2 } });
  });
  test("is closed with its outcome", () =>
    expect(fold(caseOpened, { type: "case.closed", outcome: "refunded", about: {} })).toMatchObject({
      state: "closed",
      outcome: "refunded",
      closedAt: occurredAt,
    }));
  test("finds its issues by itself, and is none without being opened", () => {
    const linked = { type: "case.issue.linked", issueId, about: {}, breaches: [] } as const;
    const unlinked = { type: "case.issue.unlinked", issueId } as const;
    expect(fold(caseOpened, linked, unlinked)).toEqual(fold(caseOpened));
    expect(fold(linked, unlinked, answered)).toBeUndefined();
  });
});

test("an issue shows each of its orders to who sees that one, and what they went with to who sees any", () => {
  const doc = {
    ...({
      orderId: "a",
      orderIds: ["a", "b"],
      shipmentId: "s",
      visibleTo: ["d:a", "d:b", "u:li"],
    } as unknown as IssueDoc),
    orders: { a: ["d:a"], b: ["d:b"] },
  };
  const about = (...tokens: string[]) => {
    const { orderIds, orderId: first, shipmentId } = issueFor(tokens, doc);
    return [orderIds, first, shipmentId];
  };
  expect(about("d:a", "d:b")).toEqual([["a", "b"], "a", "s"]);
  expect(about("d:b")).toEqual([["b"], undefined, "s"]);
  expect(about("u:li")).toEqual([[], undefined, undefined]);
});

describe("what follows an order", () => {
  const west = { department: "cn/west", assignee: undefined, visibleTo: ["d:cn/west"] };
  const followed = { revision: 7, ...west };
  test("is owned and seen as its order is from then on", () => {
    const event = { type: "case.scope.followed", ...followed } as const;
    expect(foldCase(foldCase(undefined, caseOpened, happened(caseOpened)), event, happened(event))).toMatchObject(west);
    const issue = {
      type: "issue.scope.followed",
      followed: [{ orderId, ...followed }],
      about: issueOpened.about,
      ...west,
    } as const;
    const doc = foldIssue(foldIssue(undefined, issueOpened, happened(issueOpened)), issue, happened(issue));
    expect(doc).toMatchObject({ ...west, orders: { [orderId]: west.visibleTo } });
  });
});

describe("an issue", () => {
  const fold = (...events: IssueEvent[]) =>
    events.reduce<IssueDoc | undefined>((doc, event) => foldIssue(doc, event, happened(event)), undefined);
  const acting = [life.opened, life.triaged, life.confirmed, life.added] as const;
  const resolved = [...acting, life.completed, life.resolved] as const;

  test("is opened with what it is about", () => {
    const { type: _, about, ...opened } = issueOpened;
    const orders = { [orderId]: opened.visibleTo };
    expect(fold(issueOpened)).toEqual({
      ...opened,
      ...about,
      orders,
      state: "detected",
      actions: [],
      verifications: [],
    });
  });
  test("names the rule that found it", () => {
    const finding = { rule: "late-delivery", source: orderId, slotId };
    expect(fold({ ...issueOpened, finding })).toMatchObject({ rule: "late-delivery", source: orderId });
  });
  test("is triaged, and seen by its owner from then on", () =>
    expect(fold(life.opened, life.triaged)).toMatchObject({
      state: "triaged",
      severity: "severe",
      responsibleParty: "carrier",
      owner: "li",
      visibleTo: [...scope.visibleTo, "u:li"],
    }));
  test("has its cause with the evidence", () =>
    expect(fold(life.opened, life.triaged, life.confirmed)).toMatchObject({
      state: "causeConfirmed",
      cause: "packing",
      evidence: sealed("photo 7"),
    }));
  test("has its actions, and who does them sees it", () => {
    const { type: _, about: __, visibleTo, ...action } = life.added;
    expect(fold(...acting)).toMatchObject({ state: "acting", actions: [action], visibleTo });
    expect(fold(...acting, { ...life.added, actionId: "2" }, life.completed)).toMatchObject({
      state: "acting",
      actions: [{ actionId: "1", completedAt: occurredAt }, { actionId: "2" }],
    });
  });
  test("is resolved and verified by somebody", () =>
    expect(fold(...resolved, life.effective)).toMatchObject({
      state: "verified",
      resolvedAt: occurredAt,
      verifications: [{ effective: true, verifiedAt: occurredAt, verifiedBy: "li" }],
    }));
  test("is not resolved any more when it did not help", () => {
    const doc = fold(...resolved, life.ineffective);
    expect(doc).toMatchObject({ state: "analysing", verifications: [{ effective: false }] });
    expect(doc).not.toHaveProperty("resolvedAt");
  });
  test("is closed with its cause", () =>
    expect(fold(life.opened, life.minor, life.resolved, { ...life.closed, cause: "weather" })).toMatchObject({
      state: "closed",
      cause: "weather",
      closedAt: occurredAt,
    }));
  test("is none without being opened", () => expect(fold(life.triaged, life.closed)).toBeUndefined());
});

describe("what lists read", () => {
  const projections = [customersProjection, casesProjection, issuesProjection, interactionsProjection];
  const folds = projections.flatMap(({ documents }) => documents as readonly DocumentFold<object, { type: string }>[]);

  /** The documents of the golden samples, each after the first events of its kind. */
  function documentOf({ source, fold }: DocumentFold<object, { type: string }>): object {
    const own = samples.filter(({ aggregate }) => source === `customer.${aggregate}`);
    const events = own.map(({ type, data }) => ({ type, ...data }));
    return events.reduce<object | undefined>((doc, event) => fold(doc, event, happened(event)), undefined)!;
  }

  test.each(folds.map((each) => [each.collection.name, each] as const))("of %s has its columns", (_, each) => {
    const doc = documentOf(each);
    const { columns, paths, tokens, keys = {} } = each.collection;
    for (const { of } of Object.values(columns)) expect(["string", "undefined"]).toContain(typeof of(doc as never));
    for (const { sort, filters = [], within = sort } of paths) {
      for (const column of [sort, within, ...filters]) expect(columns).toHaveProperty(column);
      expect(columns[sort]!.of(doc as never)).toEqual(expect.any(String));
    }
    expect(tokens?.(doc as never)).toEqual(expect.arrayContaining(["d:"]));
    for (const valuesOf of Object.values(keys)) expect(Array.isArray(valuesOf(doc as never))).toBe(true);
  });

  const { collection: customers } = customersProjection.documents[0] as DocumentFold<CustomerDoc, never>;
  const organisation = foldCustomer(undefined, customerRegistered, happened(customerRegistered))!;
  const person = {
    ...organisation,
    kind: "person",
    name: sealed("Maria Silva"),
    localNames: [{ language: "zh", name: sealed("玛丽亚") }],
  } as CustomerDoc;

  test("finds an organisation by the words of its names and by what other systems call it", () => {
    expect(customers.words?.(organisation)).toEqual(expect.arrayContaining(["nordwind", "北风", "000001"]));
    const customFields = [{ name: "class", value: "A" }];
    expect(customers.words?.({ ...organisation, customFields })).toContain("class=a");
    expect(customers.keys!["reference"]!(organisation)).toEqual(["erp\u00004711"]);
    expect(customers.keys!["name"]!(organisation)).toEqual(["nordwind gmbh", "北风有限公司"]);
  });
  test("never by a person's name, nor by a sealed field", () => {
    const customFields = [{ name: "remarks", value: sealed("rude") }];
    expect(customers.words?.({ ...person, customFields })).toEqual(["cu", "2026", "000001"]);
    expect(customers.words?.(person)).toEqual(["cu", "2026", "000001"]);
    expect(customers.keys!["name"]!(person)).toEqual([]);
  });
});
