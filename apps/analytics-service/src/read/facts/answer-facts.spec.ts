import { expect, test } from "@jest/globals";
import { answered, cellsOf, event, folded, happened, id, scope } from "../spec.js";
import { answerFacts, contributionsOfAnswer, foldAnswer } from "./answer-facts.js";

const counted = (...events: Parameters<typeof folded>[1]) =>
  cellsOf(contributionsOfAnswer(folded(foldAnswer, events)!));

test.each([1, 2, 3, 4, 5])("an answer of %s stars counts on its day", (score) => {
  expect(counted(answered(score, "2026-03-08"))).toEqual({
    "answers/2026-03-08/all=@cn/east": { [`s${score}`]: "1" },
  });
});

test("what claimed a future counts nowhere", () => {
  expect(counted(happened(answered(5), { claimedAt: "2027-01-01T00:00:00.000Z" }))).toEqual({});
});

test("other events on the topic are no answers", () => {
  const customerId = id("customer");
  const others = [
    event("customer.registered", { customerId, number: "CU-1", kind: "person", ...scope("cn") }),
    event("contact.registered", { contactId: id("contact"), customerId }),
    event("interaction.logged", { interactionId: id("talk"), customerId, channel: "call", direction: "inbound", ...scope("cn") }), // prettier-ignore
  ];
  for (const other of others) expect(folded(foldAnswer, [other])).toBeUndefined();
});

test("is listed for persons alone, by its day", () => {
  const fact = folded(foldAnswer, [answered(3)])!;
  const { tokens, columns } = answerFacts.collection;
  expect(tokens!(fact)).toEqual(["u:li"]);
  expect(columns["recordedOn"]!.of(fact)).toBe("2026-03-02");
  expect(columns["department"]!.of(fact)).toBe("cn/east");
});
