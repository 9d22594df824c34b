// A body that does not arrive is not waited for: files longer than everything else.
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fastify } from "fastify";
import { boundRequests } from "./bound-requests.js";

const server = fastify({ logger: false });
boundRequests(server, { requestTimeoutMs: 150 });
for (const path of ["/graphql", "/attachments"]) server.post(path, async ({ body }) => ({ body }));
let port: number;
beforeAll(async () => {
  port = Number(new URL(await server.listen({ port: 0, host: "127.0.0.1" })).port);
});
afterAll(() => server.close());

/** Sends a body in two halves; what came back until the connection was closed or answered. */
async function halves(path: string, between: Promise<unknown>): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (part) => (answer += part.toString()));
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n12`,
  );
  const closed = once(socket, "close");
  await Promise.race([between, closed]);
  if (!socket.destroyed) socket.write("34");
  await closed;
  return answer;
}

const late = () => new Promise((resolve) => setTimeout(resolve, 400));

test("half a request is let go", async () => {
  expect(await halves("/graphql", new Promise(() => undefined))).toBe("");
});

test("a file may take longer, and nothing else may", async () => {
  const [file, other, soon] = await Promise.all([
    halves("/attachments?order=1", late()),
    halves("/graphql", late()),
    halves("/graphql", Promise.resolve()),
  ]);
  expect(file).toContain('{"body":1234}');
  expect(other).toBe("");
  expect(soon).toContain('{"body":1234}');
});
