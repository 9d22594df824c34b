// Watching the public events: what a topic has and what comes to it, as CloudEvents in JSON.
import { newId, wantedBy, type EventBus, type Message } from "@gendan/eventing";
import { toRecord } from "@gendan/adapters/kafka/records";
import { contractOf, topics } from "@gendan/contracts";
import { z } from "zod";
import type { Watch } from "./admin.js";

const topic = z.enum(topics as [string, ...string[]]);
const type = z.string().refine((name) => contractOf(name) !== undefined, { error: "is no type of the catalog" });
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

export const tailBody = z.object({
  topics: z.array(topic).optional(),
  types: z.array(type).optional(),
  keys: z.array(z.string()).optional(),
  /** From the first event on; else what comes from now on. */
  fromFirst: z.boolean().default(false),
  /** Recorded from this instant on. */
  from: time.optional(),
  /** Goes on with what comes; else it ends with what is there. */
  follow: z.boolean().default(true),
  limit: z.int().positive().optional(),
});

export const replayBody = z.object({
  service: z.string(),
  from: time.optional(),
  to: time.optional(),
  types: z.array(type).optional(),
  keys: z.array(z.string()).optional(),
});

/** Tells the events of topics as they come; ends at the limit, at what is there now, or when nobody listens any more. */
export async function tailEvents(
  bus: EventBus,
  wanted: z.output<typeof tailBody>,
  { line, signal }: Watch,
): Promise<{ readonly events: number }> {
  const { follow, fromFirst, from, limit = Infinity } = wanted;
  const watched = wanted.topics ?? (wanted.types ? topicsOf(wanted.types) : topics);
  const heads = follow ? undefined : new Map(await bus.heads(watched));
  const isOfThem = wantedBy(wanted);
  const isWanted = (message: Message): boolean =>
    isOfThem(message) && (from === undefined || message.recordedAt >= from);
  const end = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => end.resolve(), { once: true });
  let events = 0;
  if (heads?.size === 0) return { events };
  const running = await bus.consume({
    group: `tail-${newId()}`,
    topics: watched,
    startAt: () => Promise.resolve(fromFirst || from !== undefined || !follow ? "first" : "next"),
    async handle({ partition, messages, to }) {
      for (const message of messages.filter(isWanted)) {
        if (events >= limit || signal.aborted) return;
        events += 1;
        await line(cloudEvent(message));
        if (events >= limit) return end.resolve();
      }
      const head = heads?.get(partition);
      if (head !== undefined && bus.compare(to, head) >= 0) heads!.delete(partition);
      if (heads?.size === 0) end.resolve();
    },
    failed: end.reject,
  });
  try {
    if (!signal.aborted) await end.promise;
  } finally {
    await running.stop();
  }
  return { events };
}

const topicsOf = (types: readonly string[]): string[] => [...new Set(types.map((name) => contractOf(name)!.topic))];

/** CloudEvents 1.0, JSON format: the attributes are those of the Kafka headers. */
function cloudEvent(message: Message): Readonly<Record<string, unknown>> {
  const { headers } = toRecord(message);
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("ce_") ? [[name.slice("ce_".length), value] as const] : [],
  );
  return { ...Object.fromEntries(attributes), datacontenttype: headers["content-type"], data: message.data };
}
