// What a caller asks of the promise ledger, as a query along one of its access paths.
import { between, equals, oneOf, type Filter } from "@gendan/eventing";
import type { OrdersQuery } from "./orders-query.js";
import type { PromiseKind, PromiseStanding } from "./promises.js";

export interface PromisesAsked {
  readonly orderId?: string;
  readonly customerId?: string;
  /** Who told it. */
  readonly person?: string;
  readonly standing?: readonly PromiseStanding[];
  readonly kind?: readonly PromiseKind[];
  readonly dueFrom?: string;
  readonly dueTo?: string;
  readonly descending: boolean;
}

/** By the narrowest of what is named; `now` decides what is open and what is broken. */
export function promisesQuery(asked: PromisesAsked, now: string): OrdersQuery {
  const { orderId, customerId, person, standing, kind, dueFrom, dueTo, descending } = asked;
  const [path, within] =
    orderId !== undefined
      ? ["ofOrder", orderId]
      : customerId !== undefined
        ? ["ofCustomer", customerId]
        : person !== undefined
          ? ["ofPerson", person]
          : ["byDue", undefined];
  const where: Filter[] = [
    ...(path === "ofOrder" ? equals("customerId", customerId) : []),
    ...(path === "ofPerson" ? [] : equals("person", person)),
    ...(standing === undefined ? [] : [standingAt(standing, now)]),
    ...oneOf("kind", kind),
    ...between("promisedOn", dueFrom, dueTo),
  ];
  return { collection: "promises", path, descending, where, ...(within === undefined ? {} : { within }) };
}

/** An open promise whose day is over is broken, whatever comes of it. */
function standingAt(asked: readonly PromiseStanding[], now: string): Filter {
  const settled = asked.filter((each) => each !== "open");
  return {
    any: [
      { column: "standing", op: "in", values: settled },
      ...(asked.includes("open") ? [{ column: "brokenFrom", op: ">", value: now } as const] : []),
      ...(asked.includes("broken") ? [{ column: "brokenFrom", op: "<=", value: now } as const] : []),
    ],
  };
}
