// Connections by which nothing was sent yet: Node does not count them as idle, and a server that closes would wait for them.
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Lets go of them when the server closes; browsers and HTTP clients open such connections ahead. */
export function closeUnusedConnections(server: FastifyInstance): void {
  const open = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.addHook("preClose", (done) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
}
