// All that a company has told on its bus.
import { topics } from "@gendan/contracts";
import type { Message } from "@gendan/eventing";
import type { Company } from "./company.js";

/** All that lies on the bus, as a consumer that begins at the beginning gets it. */
export async function everyMessage(company: Company): Promise<readonly Message[]> {
  const { bus } = company.services.get("order")!.engines;
  const heads = await bus.heads(topics);
  const messages: Message[] = [];
  const reached = new Set<string>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const running = await bus.consume({
    group: "spec",
    topics,
    startAt: () => Promise.resolve("first"),
    handle: ({ partition, messages: some, to }) => {
      messages.push(...some);
      const head = heads.get(partition);
      if (head !== undefined && bus.compare(to, head) >= 0) reached.add(partition);
      if (reached.size === heads.size) resolve();
      return Promise.resolve();
    },
    failed: reject,
  });
  await promise;
  await running.stop();
  return messages;
}
