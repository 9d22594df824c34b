// The account of a customer: months that sum, and never change once they are confirmed.
import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { cny, CUSTOMER, li } from "../order/spec.js";
import { accountDecider, accountIdOf, type Post } from "./account.decider.js";
import type { AccountEvent, PostingKind } from "./account.events.js";
import { statementOf } from "./account.state.js";

const given = specFor(accountDecider);
const by = (on: string) => ({ actor: li, at: `${on}T02:00:00.000Z` });
const post = (kind: PostingKind, minor: number, day: string, more: Partial<Post> = {}): Post => ({
  type: "Post",
  customerId: CUSTOMER,
  eventId: `e-${kind}-${minor}-${day}`,
  kind,
  number: "N-1",
  amount: cny(minor),
  zone: "Asia/Shanghai",
  day,
  at: `${day}T02:00:00.000Z`,
  visibleTo: ["d:", "d:cn", "u:li"],
  ...more,
});
const after = (...commands: (Post | { type: "ConfirmStatement"; month: string })[]): AccountEvent[] =>
  commands.reduce<AccountEvent[]>((events, command) => {
    const { decision } = given(...events).when(command, by("2026-06-15"));
    if ("refusals" in decision) throw new Error(JSON.stringify(decision.refusals));
    return [...events, ...decision.events];
  }, []);
const confirm = (month: string) => ({ type: "ConfirmStatement", month }) as const;
const march = [post("invoice", 1000, "2026-03-10"), post("receipt", -300, "2026-03-20")];
const april = [
  post("creditNote", -200, "2026-04-02"),
  post("refund", 50, "2026-04-03"),
  post("writeOff", -5, "2026-04-04"),
  post("exchange", 7, "2026-04-05"),
];
const statement = (events: readonly AccountEvent[], month: string) =>
  Object.fromEntries(
    Object.entries(statementOf(given(...events).state(), month)).map(([name, { minor }]) => [name, minor]),
  );

describe("a statement", () => {
  test("opens with what came before, and closes with the sum", () => {
    const events = after(...march, ...april);
    expect(statement(events, "2026-03")).toMatchObject({
      opening: "0",
      invoiced: "1000",
      received: "300",
      closing: "700",
    });
    expect(statement(events, "2026-04")).toEqual({
      opening: "700",
      invoiced: "0",
      credited: "200",
      received: "0",
      refunded: "50",
      writtenOff: "5",
      exchanged: "7",
      closing: "552",
    });
    expect(statement(events, "2026-05")).toMatchObject({ opening: "552", closing: "552" });
  });
  test("never changes once it is confirmed: what comes later for its days counts in the next month", () => {
    const confirmed = after(...march, confirm("2026-03"));
    const [late] = after(...march, confirm("2026-03"), post("invoice", 90, "2026-03-31")).slice(-1);
    expect(late).toMatchObject({ month: "2026-04", posting: { day: "2026-03-31" } });
    expect(statement([...confirmed, late!], "2026-03")).toEqual(statement(confirmed, "2026-03"));
    expect(statement([...confirmed, late!], "2026-04")).toMatchObject({
      opening: "700",
      invoiced: "90",
      closing: "790",
    });
  });
  test("is confirmed when its month is over, in order, once", () => {
    given(...after(...march))
      .when(confirm("2026-06"), by("2026-06-15"))
      .refused("MONTH_NOT_OVER");
    given(...after(...march))
      .when(confirm("2026-5"), by("2026-06-15"))
      .refused("MONTH_INVALID");
    given(...after(...march, confirm("2026-04")))
      .when(confirm("2026-03"), by("2026-06-15"))
      .refused("MONTH_CONFIRMED");
    given(...after(...march, confirm("2026-04")))
      .when(confirm("2026-04"), by("2026-06-15"))
      .unchanged();
    given().when(confirm("2026-04"), by("2026-06-15")).refused("NOT_FOUND");
  });
});

test("is seen by who sees the departments of everything in it", () =>
  expect(
    given(...after(march[0]!, post("invoice", 1, "2026-03-11", { visibleTo: ["d:", "d:us"] }))).state().visibleTo,
  ).toEqual(["d:"]));
test("a receipt's day is that of the account's zone", () => {
  const { day: _, ...receipt } = post("receipt", -1, "2026-03-31", { at: "2026-03-31T17:00:00.000Z" });
  expect(after(march[0]!, receipt).at(-1)).toMatchObject({ month: "2026-04", posting: { day: "2026-04-01" } });
});
test("one account for each customer and currency", () => {
  expect(accountIdOf(CUSTOMER, "CNY")).not.toBe(accountIdOf(CUSTOMER, "EUR"));
});
