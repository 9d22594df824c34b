// What is sent to a client that has stopped reading is broken off: it would keep its place for ever.
import type { FastifyReply } from "fastify";

/** Gives what `source` gives, and lets go of the client where the next part is not asked for within `idleMs`. */
export async function* unlessIdle<Part>(
  source: AsyncIterable<Part>,
  { raw }: FastifyReply,
  idleMs: number,
): AsyncGenerator<Part> {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => void (timer = setTimeout(() => raw.destroy(), idleMs));
  raw.once("close", () => clearTimeout(timer));
  for await (const part of source) {
    wait();
    yield part;
    clearTimeout(timer);
  }
  if (!raw.closed) wait(); // the end is on its way
}
