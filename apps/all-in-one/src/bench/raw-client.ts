// A small HTTP/1.1 client on raw sockets: on two cores the load generator's own cost counts. For benchmarks alone.
import { connect, type Socket } from "node:net";

export interface RawClient {
  /** Sends one POST and gives the answer's body. One at a time. */
  post(path: string, body: string): Promise<string>;
  close(): void;
}

/** Keeps one connection to 127.0.0.1. */
export function rawClient(port: number, authorization: string): RawClient {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve: (body: string) => void; reject: (error: unknown) => void } | undefined;
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(new Error("The server closed the connection.")));
  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(received.toString("latin1", 0, end))?.[1]);
    if (received.length < end + 4 + length) return;
    const body = received.toString("utf8", end + 4, end + 4 + length);
    received = received.subarray(end + 4 + length);
    waiting?.resolve(body);
  });
  return {
    post: (path, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
        socket.write(head + body);
      }),
    close: () => socket.destroy(),
  };
}
