// Connecting: what is refused, and what is never told.
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "@jest/globals";
import { BSON, Long } from "mongodb";
import { connectMongo } from "./connection.js";

/** A double of the wire that says only `hello`: as a server that it is, in the words of a mongod that is no replica set's member. */
async function serverSaying(hello: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
        const length = received.readInt32LE(0);
        socket.write(replyTo(received.readInt32LE(4), { ok: 1, isWritablePrimary: true, ...hello }));
        received = received.subarray(length);
      }
    });
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A message (OP_MSG) with one document. */
function replyTo(request: number, document: Readonly<Record<string, unknown>>): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request, 8);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

const servers = new Set<Server>();
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  sockets.clear();
  servers.clear();
});

const versions = {
  minWireVersion: 0,
  maxWireVersion: 25,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
};

it("refuses a standalone server with the line that mends it", async () => {
  const at = await serverSaying({ ...versions, helloOk: true });
  const connecting = connectMongo({ url: `mongodb://${at}/` });
  await expect(connecting).rejects.toMatchObject({ code: "CONFIGURATION" });
  await expect(connecting).rejects.toThrow(/standalone.*`mongod --replSet rs0`.*`rs\.initiate\(\)`/);
});

it("refuses a server that is too old", async () => {
  const at = await serverSaying({ ...versions, maxWireVersion: 9, msg: "isdbgrid", topologyVersion: undefined });
  const connecting = connectMongo({ url: `mongodb://${at}/` });
  await expect(connecting).rejects.toMatchObject({ code: "CONFIGURATION" });
  await expect(connecting).rejects.toThrow(/older than 6\.0/);
});

it("takes a sharded cluster", async () => {
  const at = await serverSaying({ ...versions, msg: "isdbgrid", operationTime: Long.fromNumber(1) });
  const connection = await connectMongo({ url: `mongodb://${at}/` });
  expect(connection.at).toBe(at);
  await connection.close();
});

it.each(["DOCUMENT_STORE_UNAVAILABLE", "KEY_STORE_UNAVAILABLE"] as const)(
  "says %s within its time where nobody answers, in one line without credentials",
  async (unavailable) => {
    const start = performance.now();
    const url = "mongodb://li:s3cret@127.0.0.1:1/?authSource=admin";
    const error = await connectMongo({ url, connectTimeoutMs: 300, unavailable }).catch((each: Error) => each);
    expect(error).toMatchObject({ code: unavailable });
    const { message } = error as Error;
    expect(message).toContain("127.0.0.1:1");
    expect(message).not.toMatch(/\n|s3cret|li:/);
    expect(performance.now() - start).toBeLessThan(5_000);
  },
);

it.each(["mongodb//li:s3cret@host", "mongodb://li:s3cret@:nowhere", "http://li:s3cret@host"])(
  "refuses a URL that is none without telling it",
  async (url) => {
    const error = await connectMongo({ url }).catch((each: Error) => each);
    expect(error).toMatchObject({ code: "CONFIGURATION" });
    expect((error as Error).message).not.toContain("s3cret");
  },
);

it("refuses certificates that are not there", async () => {
  const tls = { caFile: "/nowhere/ca.pem" };
  const error = await connectMongo({ url: "mongodb://127.0.0.1:1/", tls, connectTimeoutMs: 300 }).catch(
    (each: Error) => each,
  );
  expect(error).toMatchObject({ code: "CONFIGURATION" });
  expect((error as Error).message).toContain("/nowhere/ca.pem");
});
