// The sample company: every state comes up, everything is applied, and it is the same every time.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { signToken } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { VirtualClock } from "@gendan/testing";
import { openCompany, type Company } from "../company.js";
import { makeSample } from "./make-sample.js";
import { checkSample } from "./marks.js";

const NOW = "2026-11-23T09:00:00.000Z";
const LONG_MS = 180_000;

const opened = (): Promise<Company> =>
  openCompany({
    where: "memory",
    log: createLog({ level: "silent", service: "sample" }),
    clock: new VirtualClock(NOW),
  });
const made = (company: Company, signal = new AbortController().signal) =>
  makeSample(company, { now: new Date(NOW), signal });

let company: Company;
beforeAll(async () => {
  company = await opened();
  expect(await made(company)).toMatchObject({ orders: 300 });
}, LONG_MS);
afterAll(() => company.stop());

interface Numbered {
  readonly number: string;
}
interface SeenOrder {
  readonly payment: string;
  readonly currency: string;
  readonly deliveredLate: boolean | null;
  readonly acceptance: { readonly acceptedBy: string } | null;
  readonly cancellation: { readonly cancelledBy: string } | null;
  readonly holds: readonly { readonly hold: string }[];
  readonly shipments: readonly object[];
}
type Data = Readonly<Record<string, never>>;

async function ask(of: Company, query: string): Promise<Data> {
  const token = await signToken(of.secret, { user: "mei", roles: ["manager"], expiresIn: "1h" });
  const headers = { authorization: `Bearer ${token}` };
  const response = await of.server.inject({ method: "POST", url: "/graphql", headers, payload: { query } });
  const { data, errors } = response.json<{ data: Data; errors?: unknown }>();
  expect(errors).toBeUndefined();
  return data;
}

/** How many there are of each, by a filter with one value of an enumeration. */
async function counts(of: Company, list: string, filter: string, values: string): Promise<Record<string, number>> {
  const one = (value: string): string => `${value}: ${list}(filter: { ${filter.replace("?", value)} }) { totalCount }`;
  const data = await ask(of, `{ ${values.split(" ").map(one).join(" ")} }`);
  return Object.fromEntries(Object.entries(data).map(([value, { totalCount }]) => [value, totalCount]));
}

/** All rows of a list, in the order of their numbers. */
async function rows<Row>(of: Company, list: string, fields: string): Promise<(Row & Numbered)[]> {
  const found: (Row & Numbered)[] = [];
  for (let after = ""; ;) {
    const page = `${list}(first: 100${after}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }`;
    const { nodes, pageInfo } = (await ask(of, `{ ${page} }`))[list]! as {
      nodes: (Row & Numbered)[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    found.push(...nodes);
    if (!pageInfo.hasNextPage) return found.sort((one, other) => (one.number < other.number ? -1 : 1));
    after = `, after: ${JSON.stringify(pageInfo.endCursor)}`;
  }
}

describe("the sample company", () => {
  test("has orders in every lifecycle, as often as the shapes say", async () => {
    const lifecycles = "RECEIVED DISCREPANT VERIFIED CONFIRMED IN_EXECUTION COMPLETED CLOSED CANCELLED";
    expect(await counts(company, "orders", "lifecycle: [?]", lifecycles)).toEqual({
      ...{ RECEIVED: 18, DISCREPANT: 8, VERIFIED: 12, CONFIRMED: 36 },
      ...{ IN_EXECUTION: 95, COMPLETED: 69, CLOSED: 45, CANCELLED: 17 },
    });
  });
  test("has every extent, holds, and orders that are late", async () => {
    const extents = "NONE PARTIAL FULL";
    for (const dimension of ["shipping", "delivery"])
      expect(Object.values(await counts(company, "orders", `${dimension}: [?]`, extents)).every((n) => n > 5)).toBe(
        true,
      );
    const flags = await ask(
      company,
      "{ late: orders(filter: { late: true }) { ...n } held: orders(filter: { held: true }) { ...n } } fragment n on OrderConnection { totalCount }",
    );
    expect(flags).toEqual({ late: { totalCount: 33 }, held: { totalCount: 21 } });
  });
  test("has every payment, acceptance and cancellation", async () => {
    const fields =
      "number payment currency deliveredLate acceptance { acceptedBy } cancellation { cancelledBy } holds { hold } shipments { id }";
    const orders = await rows<SeenOrder>(company, "orders", fields);
    const seen = <Value>(of: (order: SeenOrder) => Value): Set<Value> => new Set(orders.map(of));
    expect(seen(({ payment }) => payment)).toEqual(
      new Set(["NOT_DUE", "DUE", "PARTLY_PAID", "PAID", "OVERDUE", "OVERPAID"]),
    );
    expect(seen(({ currency }) => currency)).toEqual(new Set(["CNY", "USD", "EUR", "JPY"]));
    expect(seen(({ deliveredLate }) => deliveredLate)).toEqual(new Set([null, false, true]));
    expect(seen(({ acceptance }) => acceptance?.acceptedBy)).toEqual(new Set([undefined, "CUSTOMER", "CLOCK"]));
    expect(seen(({ cancellation }) => cancellation?.cancelledBy)).toEqual(new Set([undefined, "CUSTOMER", "US"]));
    const holds = orders.flatMap((order) => order.holds.map(({ hold }) => hold));
    expect(new Set(holds)).toEqual(new Set(["CREDIT", "QUALITY", "STOCK", "CUSTOMER", "COMPLIANCE"]));
    expect(seen(({ shipments }) => shipments.length)).toEqual(new Set([0, 1, 2]));
  });
  test("has issues and cases in every state", async () => {
    const states = "DETECTED TRIAGED ANALYSING CAUSE_CONFIRMED ACTING RESOLVED VERIFIED CLOSED";
    expect(Object.values(await counts(company, "issues", "states: [?]", states)).every((count) => count > 0)).toBe(
      true,
    );
    expect(await counts(company, "cases", "states: [?]", "OPEN ANSWERED CLOSED")).toEqual({
      OPEN: 11,
      ANSWERED: 16,
      CLOSED: 17,
    });
  });
  test("is whole: nothing is parked, and every document is what the log says", async () => {
    for (const service of company.services.values()) {
      expect(await service.parked()).toEqual([]);
      expect((await service.verify()).differences).toEqual([]);
    }
    await checkSample(company.services);
  });
  test(
    "is the same every time, ids and numbers included",
    async () => {
      const again = await opened();
      try {
        await made(again);
        for (const [list, fields] of [
          [
            "orders",
            "id number revision lifecycle payment received { minor } dueOn lines { lineId schedules { promisedOn delivered } } issues { number }",
          ],
          ["shipments", "id number state packages { state } exceptions { kind }"],
          ["issues", "id number revision state rule cause openedAt"],
          ["cases", "id number revision state text"],
          ["customers", "id number name"],
          ["receipts", "id number unallocated { minor }"],
        ] as const)
          expect(await rows(again, list, fields)).toEqual(await rows(company, list, fields));
      } finally {
        await again.stop();
      }
    },
    LONG_MS,
  );
});

test(
  "a sample that was stopped is not taken for a whole one",
  async () => {
    const stopped = await opened();
    try {
      await checkSample(stopped.services);
      const stopping = new AbortController();
      const stopsSoon = stopped.services.get("customer")!.onProgress(() => stopping.abort());
      await expect(made(stopped, stopping.signal)).rejects.toMatchObject({ code: "STORE_DAMAGED" });
      stopsSoon();
      await expect(checkSample(stopped.services)).rejects.toThrow("delete the folder");
    } finally {
      await stopped.stop();
    }
  },
  LONG_MS,
);
