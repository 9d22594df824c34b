// A company of many processes on real servers, as a person at the terminal sees it.
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { followByEvents } from "@gendan/gateway/fixtures/live-clients";
import { callerOf, defaultPolicy, IdentitySigner, signToken } from "@gendan/security";
import { streamsIn, verifyStream } from "@gendan/security/audit/verify-audit";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { eventually, temporaryDirectory } from "@gendan/testing";
import { Collector, type CollectedSpan } from "@gendan/testing/doubles/collector";
import { describeOn } from "@gendan/testing/engines";
import { auditFolder } from "../audit.js";
import { startServer, type ServerProcess } from "../chaos/server-process.js";
import { auditKey } from "../engines.js";
import { readClusterState, type ProcessStatus } from "./cluster-state.js";

/** What ten processes may take to start on a machine that does much else besides. */
const PATIENCE_MS = 180_000;
jest.setTimeout(2 * PATIENCE_MS);
const SECRET = "a secret of the cluster's spec alone, long enough";
const CLUSTER = "processes/cluster-main.js";
const SERVE = "processes/serve-main.js";

const started: ServerProcess[] = [];
const start = (settings: Parameters<typeof startServer>[0]): ServerProcess => {
  const server = startServer(settings);
  started.push(server);
  return server;
};
afterAll(async () => void (await Promise.all(started.map((server) => server.kill()))));

const onlyLineOf = async (server: ServerProcess): Promise<string> => {
  const { how, complaints } = await server.exited;
  expect(how).toBe(1);
  return complaints.trim();
};

describeOn("kafka", (brokers) =>
  describeOn("mongodb", (mongodb) => {
    /** An installation of its own on the shared servers. */
    const installation = () => {
      const name = `c${newId().slice(-8)}`;
      return {
        GENDAN_EVENT_BUS: "kafka",
        GENDAN_KAFKA_BROKERS: brokers,
        GENDAN_KAFKA_PREFIX: `${name}.`,
        GENDAN_KAFKA_PARTITIONS: "3",
        GENDAN_DOCUMENT_STORE: "mongodb",
        GENDAN_MONGODB_URL: mongodb,
        GENDAN_MONGODB_DATABASE: name,
        GENDAN_TOKEN_SECRET: SECRET,
      };
    };

    describe("a cluster", () => {
      const environment = installation();
      let collector: Collector;
      let directory: string;
      let cluster: ServerProcess;
      let url: string;
      let authorization: string;
      let customerId: string;
      let orderId: string;

      const ask = async <Data>(query: string, variables: object = {}): Promise<Data> => {
        const headers = { "content-type": "application/json", authorization };
        const body = JSON.stringify({ query, variables });
        const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
        const answer = (await response.json()) as { readonly data: Data; readonly errors?: unknown };
        expect(answer.errors).toBeUndefined();
        return answer.data;
      };
      const processes = (): readonly ProcessStatus[] => readClusterState(directory)!.processes;
      const processOf = (service: string, instance = 1): ProcessStatus =>
        processes().find((each) => each.service === service && each.instance === instance)!;

      beforeAll(async () => {
        directory = temporaryDirectory();
        collector = await Collector.start();
        const args = ["--port", "0", "--data", directory, "--instances", "2", "--empty"];
        const traced = { ...environment, GENDAN_OTLP_URL: collector.url };
        cluster = start({ directory, program: CLUSTER, args, environment: traced });
        url = await cluster.ready;
        const secret = new TextEncoder().encode(SECRET);
        authorization = `Bearer ${await signToken(secret, { user: "li", roles: ["manager"], expiresIn: "1h" })}`;
      }, PATIENCE_MS);
      afterAll(() => collector.stop());

      test("runs every service and the gateway, as often as their stores allow, and says where not", async () => {
        const counted = Map.groupBy(processes(), ({ service }) => service);
        expect([...counted].map(([service, all]) => [service, all.length]).sort()).toEqual([
          ["analytics", 2],
          ["customer", 1],
          ["gateway", process.platform === "linux" ? 2 : 1],
          ["logistics", 1],
          ["order", 1],
        ]);
        expect(new Set(processes().map(({ state }) => state))).toEqual(new Set(["ready"]));
        expect(new Set(processes().map(({ pid }) => pid)).size).toBe(processes().length);
        expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      });

      test("is one company: what one service takes the others show", async () => {
        const registered = await ask<{ registerCustomer: { customer: { id: string } } }>(
          `mutation { registerCustomer(input: { commandId: "c1", kind: ORGANISATION, name: "Nordwind" }) {
             customer { id } userErrors { code } } }`,
        );
        customerId = registered.registerCustomer.customer.id;
        const input = {
          commandId: "o1",
          channel: "MAIL",
          sourceReference: "PO-1",
          customerId,
          currency: "EUR",
          lines: [{ sku: "A", quantity: "2", unitPrice: { minor: "100", currency: "EUR" }, requestedOn: "2027-01-31" }],
        };
        const { receiveOrder } = await ask<{ receiveOrder: { order: { id: string }; settleToken: string } }>(
          `mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) {
             order { id lifecycle } settleToken userErrors { code } } }`,
          { input },
        );
        orderId = receiveOrder.order.id;
        const settled = `query ($token: String!) { analyticsSettled(token: $token) customerSettled(token: $token) }`;
        for (let turn = 0; turn < 4; turn++) {
          expect(await ask(settled, { token: receiveOrder.settleToken })).toEqual({
            analyticsSettled: true,
            customerSettled: true,
          });
        }
        const whole = `query ($id: ID!) { order(id: $id) { number customer { name } timeline(first: 5) { nodes { type } } } }`;
        expect(await ask(whole, { id: orderId })).toMatchObject({
          order: { customer: { name: "Nordwind" }, timeline: { nodes: [{ type: "order.received" }] } },
        });
      });

      test("tells a collector of one trace over its processes, through Kafka, and Prometheus of each process", async () => {
        const noted = (): CollectedSpan | undefined =>
          collector.spans.find(({ service, name }) => service === "customer" && name === "command NoteOrder");
        await eventually(() => noted() !== undefined && collector.causesOf(noted()!).length === 6, 30_000);
        expect(collector.causesOf(noted()!)).toEqual([
          "customer: command NoteOrder",
          "customer: reaction note-order",
          "order: command ReceiveOrder",
          "order: request order",
          "gateway: ask order",
          "gateway: request gateway",
        ]);
        const told = await (await fetch(`${processOf("order").url}/metrics`)).text();
        expect(told).toContain('gendan_commands_total{service="order",command="ReceiveOrder",outcome="accepted"} 1');
        expect(told).toMatch(/^gendan_takeovers_total\{service="order",part="reactions"\} [1-9]/m);
        expect(told).not.toContain('service="customer"');
        const gateway = await (await fetch(`${url}/metrics`)).text();
        expect(gateway).toContain('gendan_subgraph_instances{subgraph="analytics",standing="well"} 2');
        const elsewhere = await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": "10.0.0.7" } });
        expect(elsewhere.status).toBe(401);
      });

      test("starts again what dies, and serves what is alive meanwhile", async () => {
        const before = processOf("customer");
        process.kill(before.pid!, "SIGKILL");
        const query = `query ($id: ID!) { order(id: $id) { lifecycle timeline(first: 1) { nodes { type } } } }`;
        for (let turn = 0; turn < 5; turn++) {
          expect(await ask(query, { id: orderId })).toMatchObject({ order: { lifecycle: "RECEIVED" } });
        }
        await eventually(
          () => processOf("customer").state === "ready" && processOf("customer").pid !== before.pid,
          PATIENCE_MS,
        );
        expect(processOf("customer").restarts).toBe(1);
        expect(await ask(`query ($id: ID!) { customer(id: $id) { name } }`, { id: customerId })).toEqual({
          customer: { name: "Nordwind" },
        });
      });

      test("goes on with either instance of a service and of the gateway", async () => {
        for (const service of ["analytics", "gateway"]) {
          for (const instance of processes().filter((each) => each.service === service)) {
            process.kill(instance.pid!, "SIGKILL");
            const query = '{ sales(from: "2026-01-01", to: "2027-12-31") { orders } }';
            // A connection that went to the killed gateway is broken; the next one reaches the other.
            await eventually(() => ask(query), PATIENCE_MS);
            await eventually(() => {
              const now = processOf(service, instance.instance);
              return now.state === "ready" && now.pid !== instance.pid;
            }, PATIENCE_MS);
          }
        }
      });

      test("tells who follows an order, also when the process that told is killed", async () => {
        const query = `subscription ($id: ID!) { orderChanged(id: $id, fromRevision: "0") { revision kind } }`;
        const told = await followByEvents(url, authorization, { query, variables: { id: orderId } });
        const before = processOf("order");
        process.kill(before.pid!, "SIGKILL");
        await eventually(
          () => processOf("order").state === "ready" && processOf("order").pid !== before.pid,
          PATIENCE_MS,
        );
        const input = { commandId: "h1", orderId, hold: "CREDIT" };
        await ask(`mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { revision } }`, { input });
        expect(await told.next()).toEqual({ data: { orderChanged: { revision: "1", kind: "CHANGED" } } });
        await told.stop();
      });

      test("tells who follows their work of what either instance folds", async () => {
        const work = await followByEvents(url, authorization, { query: "subscription { myWork { id } }" });
        const made: string[] = [];
        for (let number = 0; number < 6; number++) {
          const lines = [
            { sku: "A", quantity: "1", unitPrice: { minor: "1", currency: "EUR" }, requestedOn: "2027-01-31" },
          ];
          const input = {
            commandId: `w${number}`,
            channel: "MAIL",
            customerId,
            currency: "EUR",
            assignee: "li",
            lines,
          };
          const { receiveOrder } = await ask<{ receiveOrder: { order: { id: string } } }>(
            `mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) { order { id } } }`,
            { input },
          );
          made.push(receiveOrder.order.id);
        }
        const told = new Set<unknown>();
        // What happened before is told too, when an instance folds it only now.
        while (!made.every((id) => told.has(id))) {
          const answer = await work.next();
          expect(answer?.errors).toBeUndefined();
          told.add((answer?.data?.["myWork"] as { id: string }).id);
        }
        await work.stop();
      });

      test("is administered through the gateway: rebuilt, verified, nothing parked", async () => {
        const secret = new TextEncoder().encode(SECRET);
        const admin = await signToken(secret, { user: "a", roles: ["admin"], expiresIn: "1h" });
        const task = async (name: string, body: object = {}): Promise<Record<string, unknown>> => {
          const headers = { "content-type": "application/json", authorization: `Bearer ${admin}` };
          const response = await fetch(`${url}/admin/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
          return JSON.parse((await response.text()).trim().split("\n").at(-1)!) as Record<string, unknown>;
        };
        expect(await task("rebuild", { projection: "facts" })).toEqual({
          result: { projection: "facts", generation: 2 },
        });
        expect(await task("rebuild", { projection: "nothing" })).toMatchObject({ error: { code: "BAD_USER_INPUT" } });
        const { result } = (await task("verify")) as { result: { checked: number; differences: unknown[] } };
        expect(result.differences).toEqual([]);
        expect(result.checked).toBeGreaterThan(3);
        expect(await task("parked")).toEqual({ result: { parked: [] } });
        expect(await task("redrive")).toEqual({ result: { redriven: 0, parked: 0 } });
        // Each instance has an audit stream of its own, and all are whole while they are written.
        const streams = ["analytics-1", "analytics-2", "customer-1", "logistics-1", "order-1"];
        const heads = (await task("audit/heads"))["result"] as { heads: { stream: string }[] };
        expect(heads.heads.map(({ stream }) => stream).sort()).toEqual(streams);
        expect(streamsIn(auditFolder(directory))).toEqual(streams);
        const key = await auditKey(directory, readConfig(baseConfig, environment));
        for (const stream of streams) {
          const verified = await verifyStream(auditFolder(directory), stream, key);
          expect([verified.faults, verified.signedUpTo]).toEqual([[], verified.entries]);
        }
        expect(await task("reactions/resume", { service: "none", from: "2026-01-01T00:00:00Z" })).toMatchObject({
          error: { code: "BAD_USER_INPUT" },
        });
      });

      test("trusts at each service what its gateway has signed, and no token", async () => {
        const secret = new TextEncoder().encode(SECRET);
        const admin = `Bearer ${await signToken(secret, { user: "a", roles: ["admin"], expiresIn: "1h" })}`;
        const signed = (by: Uint8Array) =>
          new IdentitySigner(by).headerOf(callerOf({ user: "a", roles: ["admin"] }, defaultPolicy));
        const other = new TextEncoder().encode(SECRET.replace(/.$/, "!"));
        const statuses = async (service: string, identity: string): Promise<number[]> => {
          const headers = { "content-type": "application/json", authorization: identity };
          const body = JSON.stringify({ query: "{ __typename }" });
          const asked = ["graphql", "admin/parked"].map((path) =>
            fetch(`${processOf(service).url}/${path}`, { method: "POST", headers, body }),
          );
          return (await Promise.all(asked)).map(({ status }) => status);
        };
        for (const service of ["order", "logistics", "customer", "analytics"]) {
          expect(await statuses(service, admin)).toEqual([401, 401]);
          expect(await statuses(service, await signed(other))).toEqual([401, 401]);
          expect(await statuses(service, await signed(secret))).toEqual([200, 200]);
        }
      });

      test("has its folder to itself: another cluster, and a company in one process, are told so", async () => {
        const args = ["--port", "0", "--data", directory, "--empty"];
        expect(await onlyLineOf(start({ directory, program: CLUSTER, args, environment }))).toContain("is in use by");
        expect(await onlyLineOf(start({ directory, args }))).toContain(`${directory} is in use by`);
        const serve = { directory, program: SERVE, args: ["order", "--port", "0", "--data", directory], environment };
        expect(await onlyLineOf(start(serve))).toContain(`order is in use by another Gendan`);
      });

      test(
        "stops cleanly, and tells afterwards that it has",
        async () => {
          expect((await cluster.stop()).how).toBe(0);
          expect(processes().map(({ state, pid }) => [state, pid])).toEqual(processes().map(() => ["stopped", null]));
          await expect(fetch(`${url}/health/live`)).rejects.toThrow();
        },
        PATIENCE_MS,
      );
    });

    describe("one service alone", () => {
      test(
        "answers for itself, and is ready",
        async () => {
          const directory = temporaryDirectory();
          const args = ["order", "--port", "0", "--data", directory];
          const server = start({ directory, program: SERVE, args, environment: installation() });
          await eventually(async () => {
            const url = server.output().match(/http:\/\/[\d.:]+/)?.[0];
            return url !== undefined && (await fetch(`${url}/health/ready`)).status === 200;
          }, PATIENCE_MS);
          expect(await server.stop()).toMatchObject({ how: 0, complaints: "" });
        },
        PATIENCE_MS,
      );
    });
  }),
);

describe("what keeps processes from starting is told in one line", () => {
  const directory = temporaryDirectory();
  test.each([
    ["a bus of one process", CLUSTER, ["--data", directory], {}, "GENDAN_EVENT_BUS is embedded"],
    ["keys of one process", SERVE, ["order", "--data", directory], {}, "GENDAN_KEY_STORE is sqlite"],
    ["no service", SERVE, [], {}, "Name one of order"],
    ["a gateway that knows nobody", SERVE, ["gateway"], { GENDAN_TOKEN_SECRET: SECRET }, "GENDAN_SUBGRAPHS is missing"],
    ["no cluster to tell of", CLUSTER, ["status", "--data", directory], {}, "No cluster has run in"],
    [
      "a broker that is not there",
      SERVE,
      ["order", "--data", directory],
      {
        GENDAN_EVENT_BUS: "kafka",
        GENDAN_KAFKA_BROKERS: "127.0.0.1:1",
        GENDAN_KEY_STORE: "mongodb",
        GENDAN_MONGODB_URL: "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500",
      },
      "127.0.0.1:1",
    ],
  ])(
    "%s",
    async (_, program, args, environment, told) => {
      const line = await onlyLineOf(start({ directory, program, args, environment: environment as never }));
      expect(line).toContain(told);
      expect(line.split("\n")).toHaveLength(1);
    },
    PATIENCE_MS,
  );
});
