// Ports on loopback.
import { createServer } from "node:net";

/**
 * Below those that the system lends to outgoing connections: a client that tries a dead server's port again and again
 * could otherwise be given that very port, connect to itself and keep the server from coming back.
 */
const [first, last] = [21_000, 31_999];

export async function freePort() {
  for (;;) {
    const port = first + Math.floor(Math.random() * (last - first + 1));
    if (await isFree(port)) return port;
  }
}

export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
