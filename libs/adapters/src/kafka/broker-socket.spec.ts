import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, jest, test } from "@jest/globals";
import type { ISocketFactoryArgs } from "kafkajs";
import { brokerSocket } from "./broker-socket.js";

test("a closed connection is ended as often as anybody likes, and nothing is left of it", async () => {
  const server = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const onConnect = jest.fn();
  const plain = { host: "127.0.0.1", port, onConnect } as Partial<ISocketFactoryArgs> as ISocketFactoryArgs;
  const socket = brokerSocket(plain);
  await once(socket, "connect");
  expect(onConnect).toHaveBeenCalledTimes(1);
  socket.resume();
  server.close();
  for (let turn = 0; turn < 20; turn++) {
    socket.end();
    socket.unref();
    if (!socket.closed) await once(socket, "close");
  }
  expect(socket.listenerCount("connect")).toBe(0);
});
