// Numbers for people (SO-2026-000123), dealt from blocks that are reserved by an append. Gaps are allowed; never a key.
import { streamName } from "../event.js";
import { Fault, isFault } from "../faults.js";
import { newId } from "../ids.js";
import { instant, type Clock } from "../ports/clock.js";
import type { EventStore } from "../ports/event-store.js";
import { DryRun } from "./dry-run.js";

/** How many numbers one append reserves: what a restart may leave unused. */
const BLOCK = 100;
const ATTEMPTS = 20;

interface Block {
  next: number;
  end: number;
}

/** Deals numbers for one service; safe beside other instances, since each block is reserved at an exact revision. */
export function numbersOf(
  service: string,
  store: EventStore,
  clock: Clock,
): (prefix: string, year: number) => Promise<string> {
  const blocks = new Map<string, Promise<Block>>();

  async function reserve(series: string): Promise<Block> {
    const stream = streamName(service, "numbers", series);
    for (let turn = 0; turn < ATTEMPTS; turn++) {
      const last = (await store.read(stream)).at(-1);
      const start = last ? (last.data as { readonly upTo: number }).upTo : 0;
      const upTo = start + BLOCK;
      const now = instant(clock);
      const meta = {
        commandId: newId(),
        bodyHash: "",
        actor: { kind: "service", id: service },
        occurredAt: now,
        recordedAt: now,
      } as const;
      try {
        await store.append(stream, last?.revision ?? "none", [
          { id: newId(), type: "numbers.reserved", version: 1, data: { upTo }, meta },
        ]);
        return { next: start + 1, end: upTo };
      } catch (error) {
        if (!isFault(error, "REVISION_CONFLICT")) throw error;
      }
    }
    throw new Fault("CONFLICT_UNRESOLVED", `No block of numbers could be reserved in ${stream}; try again.`, {
      stream,
    });
  }

  return async function number(prefix, year) {
    const series = `${prefix}-${year}`;
    if (DryRun.current) return `${series}-000000`; // dealt to nobody
    for (;;) {
      let block = blocks.get(series);
      if (!block) {
        block = reserve(series);
        blocks.set(series, block);
        block.catch(() => blocks.delete(series));
      }
      const dealt = await block;
      if (dealt.next <= dealt.end) return `${series}-${String(dealt.next++).padStart(6, "0")}`;
      if (blocks.get(series) === block) blocks.delete(series);
    }
  };
}
