import { expect, test } from "@jest/globals";
import { onSchedules, progressed } from "./fold-parts.js";
import type { OrderDocument } from "./order.document.js";

const schedule = (scheduleId: string) => ({ scheduleId, quantity: "4", tail: "1", returnedToSender: "1" });
const doc = {
  lines: [
    { lineId: "1", schedules: [schedule("1"), schedule("2")] },
    { lineId: "2", schedules: [schedule("1")] },
  ],
} as unknown as OrderDocument;
const at = (lineId: string, scheduleId: string, more = "a") => ({ lineId, scheduleId, more });
const quantities = ({ lines }: OrderDocument) =>
  lines.map(({ schedules }) => schedules.map(({ quantity }) => quantity));

test("the schedules that are told of are changed, each as often as it is told of", () => {
  const told = [at("1", "2"), at("2", "1"), at("1", "2", "b")];
  const after = onSchedules(doc, told, (each, { more }) => ({ ...each, quantity: each.quantity + more }));
  expect(quantities(after)).toEqual([["4", "4ab"], ["4a"]]);
});
test("what is not there is passed over", () => {
  const after = onSchedules(doc, [at("1", "9"), at("9", "1")], (each) => ({ ...each, quantity: "0" }));
  expect(quantities(after)).toEqual([["4", "4"], ["4"]]);
});
test("what a progress does not name is nothing", () => {
  const [first, second] = progressed(doc, [{ lineId: "1", scheduleId: "1", shipped: "4" }]).lines[0]!.schedules;
  expect(first).toEqual({ scheduleId: "1", quantity: "4", shipped: "4" });
  expect(second).toMatchObject({ tail: "1", returnedToSender: "1" });
});
