// Real orders through a cluster on Kafka and MongoDB, of which a service dies on the way: exactly the figures of one process.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { OLIST_DATA, runOlist } from "@gendan/all-in-one/chaos/run-olist";
import { temporaryDirectory } from "@gendan/testing";
import { describeOn, describeWithServer } from "@gendan/testing/engines";

const ORDERS = 800;
/** On a machine that does much else besides, in milliseconds. */
const LONGEST_MS = 1_800_000;

const isThere = existsSync(join(OLIST_DATA, "orders.csv"));
const why = isThere ? "" : " (skipped: ../shared/data/olist is not there)";
const whenThere = isThere ? test : test.skip;

if (!isThere && process.env["GENDAN_REQUIRE_SHARED"] === "1") {
  test("the Olist orders are at ../shared/data/olist", () => {
    throw new Error(`${OLIST_DATA} is missing, and GENDAN_REQUIRE_SHARED asks for it.`);
  });
}

describeOn("kafka", (kafka) =>
  // Its own: the stand-in for MongoDB does one thing at a time, and many other specs use the one that is shared.
  describeWithServer("mongodb", (startMongodb) => {
    whenThere(
      `${ORDERS} of the Olist orders give the same figures, though a service is killed on the way${why}`,
      async () => {
        const { address: mongodb } = await startMongodb();
        const report = await runOlist({
          directory: temporaryDirectory(),
          orders: ORDERS,
          kills: 1,
          seed: 1,
          instances: 1,
          servers: { kafka, mongodb },
          log: () => undefined,
        });
        expect(report.differences).toEqual([]);
        expect(report.killed).toEqual(["order"]);
        expect(report.cluster).toEqual(report.embedded);
        expect(Object.keys(report.cluster).length).toBeGreaterThan(10);
      },
      LONGEST_MS,
    );
  }),
);
