import { expect, test } from "@jest/globals";
import { after, given, isCompleted, isConfirmed, isDelivered, isWaiting, li, note, received } from "../spec.js";

const by = { actor: li };
const agree = (agreedOn: string, scheduleId = "1") =>
  ({ type: "AgreeDate", lineId: "1", scheduleId, agreedOn }) as const;
const agreed = {
  type: "order.date.agreed",
  lineId: "1",
  scheduleId: "1",
  agreedOn: "2026-03-24",
  lateFrom: "2026-03-24T16:00:00.000Z",
} as const;

test("the customer accepts a day, also before it is promised", () => {
  given(received).when(agree("2026-03-24"), by).then(agreed);
  given(...isWaiting())
    .when(agree("2026-03-24"), by)
    .then(agreed);
  given(...isConfirmed)
    .when({ ...agree("2026-03-24"), agreedWith: note, note }, by)
    .then({ ...agreed, agreedWith: note, note });
});
test("another day names the one before; the same is no change, and promises stay", () => {
  const events = after(isConfirmed, agree("2026-03-24"));
  given(...events)
    .when(agree("2026-03-24"), by)
    .unchanged();
  given(...events)
    .when(agree("2026-03-25"), by)
    .then({ ...agreed, agreedOn: "2026-03-25", lateFrom: "2026-03-25T16:00:00.000Z", from: "2026-03-24" });
  expect([
    ...given(...events)
      .state()
      .schedules.values(),
  ]).toMatchObject([{ promisedOn: "2026-03-20", agreedOn: "2026-03-24" }]);
});
test("not a day that is none, of a schedule that is none, of what has arrived, or of what is over", () => {
  given(received).when(agree("2026-02-30"), by).refused("DATE_INVALID");
  given(received).when(agree("2026-03-24", "9"), by).refused("SCHEDULE_UNKNOWN");
  given(...isDelivered())
    .when(agree("2026-03-24"), by)
    .refused("SCHEDULE_DELIVERED");
  given(...isCompleted())
    .when(agree("2026-03-24"), by)
    .refused("ORDER_STATE");
  given().when(agree("2026-03-24"), by).refused("NOT_FOUND");
});
