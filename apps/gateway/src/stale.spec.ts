// Answers say how old they are: a service whose documents have not kept up says since when, and the gateway passes it on.
import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { Subgraph } from "@gendan/service-kit";
import { ask, supergraphSdl } from "./fixtures/demo-graph.js";
import { startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway } from "./gateway.js";

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
const since: { order?: string; logistics?: string } = {};
beforeEach(() => {
  delete since.order;
  delete since.logistics;
});

const report = (): void => undefined;
const aged = (name: "order" | "logistics", { views }: Subgraph): Subgraph =>
  new Subgraph(name, views, report, () => since[name]);
const gateway = await createGateway({
  supergraphSdl,
  executors: { order: aged("order", demos[0].subgraph), logistics: aged("logistics", demos[1].subgraph) },
  verifier,
  report,
});
afterAll(async () => {
  await gateway.close();
  for (const demo of demos) await demo.close();
});

const both = 'query { order(id: "1") { number shipments { carrier } } }';
const one = 'query { order(id: "1") { number } }';

test("an answer that is current says nothing of its age", async () => {
  expect(await ask(gateway, both)).not.toHaveProperty("extensions");
});

test("the services that took part in an answer and have not kept up are named, each with its time", async () => {
  since.logistics = "2026-11-25T08:00:00.000Z";
  expect(await ask(gateway, both)).toMatchObject({
    data: { order: { number: "SO-1" } },
    extensions: { stale: { logistics: since.logistics } },
  });
  expect(await ask(gateway, one)).not.toHaveProperty("extensions");
  since.order = "2026-11-25T09:00:00.000Z";
  expect((await ask(gateway, both)).extensions).toEqual({
    stale: { logistics: since.logistics, order: since.order },
  });
});
