// What is remembered of queries is bounded: their texts and documents, the plans, and what the services have compiled of them.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "@jest/globals";
import { eventually } from "@gendan/testing";
import { ask, supergraphSdl } from "./fixtures/demo-graph.js";
import { startDemo, verifier } from "./fixtures/demo-subgraphs.js";
import { createGateway } from "./gateway.js";
import type { SubgraphExecutor } from "./subgraph-executor.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const REMEMBERED = 10;
const ASKED = 60;

const demos = await Promise.all([startDemo("order"), startDemo("logistics")]);
/** Every document that a service was asked: it hangs on its plan, and on it what the service has compiled. */
const documents = new Set<WeakRef<object>>();
const known = new WeakSet<object>();
const watched = ({ subgraph }: (typeof demos)[number]): SubgraphExecutor => ({
  execute(request) {
    if (!known.has(request.document)) documents.add(new WeakRef(request.document));
    known.add(request.document);
    return subgraph.execute(request);
  },
});
const gateway = await createGateway({
  supergraphSdl,
  executors: { order: watched(demos[0]), logistics: watched(demos[1]) },
  verifier,
  report: () => undefined,
  config: { rememberedQueries: REMEMBERED, ratePerSubject: 10_000 },
});
afterAll(async () => {
  await gateway.close();
  await Promise.all(demos.map((demo) => demo.close()));
});

/** Another text each, of another operation, which two services are asked for. */
const query = (n: number) => `query Q${n} { order(id: "${n}") { number shipments { carrier } } }`;

test("a query that is asked again is planned once, and one of many is forgotten", async () => {
  for (let turn = 0; turn < 3; turn++) expect((await ask(gateway, query(0))).errors).toBeUndefined();
  expect(documents.size).toBe(2);
  for (let n = 0; n < ASKED; n++) expect((await ask(gateway, query(n))).errors).toBeUndefined();
  expect(documents.size).toBeGreaterThanOrEqual(2 * ASKED);
  const alive = () => {
    collectGarbage();
    return [...documents].filter((each) => each.deref() !== undefined).length;
  };
  // A document is let go of one turn after nobody holds it.
  await eventually(async () => {
    await new Promise(setImmediate);
    return alive() <= 2 * REMEMBERED;
  });
  expect(alive()).toBeGreaterThanOrEqual(REMEMBERED);
});
