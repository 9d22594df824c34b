// One request's correlation and trace, followed through every service that does something because of it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newTraceparent, readTraceparent, type Message, type Trace } from "@gendan/eventing";
import type { Company } from "./company.js";
import { everyMessage } from "./every-message.js";
import { Client, companyInMemory } from "./spec.js";

let company: Company;
let client: Client;

beforeAll(async () => {
  company = await companyInMemory();
  client = new Client(company, await company.listen({ port: 0, host: "127.0.0.1" }));
});
afterAll(() => company.stop());

const traceId = (traceparent: string | undefined): string | undefined => traceparent?.split("-")[1];

/** A service's events that carry the correlation, and their traces. */
async function stored(service: string, correlation: string): Promise<readonly { type: string; trace: Trace }[]> {
  const { eventStore } = company.services.get(service)!.engines;
  const { events } = await eventStore.readAll({ limit: 1_000 });
  return events.flatMap(({ type, meta }) => (meta.correlation === correlation ? [{ type, trace: meta }] : []));
}

test("an order that is confirmed and planned, over order, logistics, the bus and the timeline", async () => {
  const orderId = await client.order();

  // Given by the client: kept as they are.
  const given = { "x-correlation-id": "confirm-7", traceparent: newTraceparent() };
  const confirmed = await client.confirm(orderId, given);
  expect(confirmed.headers.get("x-correlation-id")).toBe("confirm-7");
  // The customer's credit and assortment hear of it as of the same request.
  expect((await stored("order", "confirm-7")).map(({ type }) => type)).toEqual([
    ...["order.confirmed", "credit.order.followed", "assortment.extended"],
  ]);
  expect((await stored("logistics", "confirm-7")).map(({ type }) => type)).toEqual(["order.noted"]);
  for (const service of ["order", "logistics"])
    for (const { trace } of await stored(service, "confirm-7"))
      expect(traceId(trace.traceparent)).toBe(traceId(given.traceparent));

  // Given by nobody, or of a form that is kept nowhere: made, told in the answer, and one over the whole conversation.
  const odd = { "x-correlation-id": "li@example.com", traceparent: "00-x" };
  const planned = await client.plan(orderId, odd);
  const made = planned.headers.get("x-correlation-id")!;
  expect(made).toMatch(/^[\da-f-]{36}$/);
  const inLogistics = await stored("logistics", made);
  const inOrder = await stored("order", made);
  expect(inOrder.map(({ type }) => type)).toEqual(["order.allocated"]);
  expect(inLogistics.map(({ type }) => type)).toEqual(expect.arrayContaining(["shipment.planned"]));
  expect(inLogistics.length).toBeGreaterThan(1);
  const traces = [...inLogistics, ...inOrder].map(({ trace }) => readTraceparent(trace.traceparent));
  expect(traces).not.toContain(undefined);
  expect(new Set(traces.map(traceId)).size).toBe(1);

  // On the bus each message has those of its event, and a replay would make the same.
  const messages = await everyMessage(company);
  const of = (correlation: string): readonly Message[] => messages.filter((each) => each.correlation === correlation);
  expect(of("confirm-7").map(({ type }) => type)).toEqual(["order.confirmed"]);
  expect(
    of(made)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(["order.allocated", "shipment.planned"]);

  const query = `query ($id: ID!) { order(id: $id) { timeline(direction: ASC) { nodes { type correlation } } } }`;
  const { data } = await client.ask("li", query, { id: orderId });
  const nodes = data["order"].timeline.nodes as readonly { type: string; correlation: string | null }[];
  expect(nodes.filter(({ correlation }) => correlation === "confirm-7")).toMatchObject([{ type: "order.confirmed" }]);
  const conversation = nodes.filter(({ correlation }) => correlation === made).map(({ type }) => type);
  expect(conversation.sort()).toEqual(["order.allocated", "shipment.planned"]);
});
