// Whether what was published has been applied: by this process, or by another instance of the service.
import { sourcesOf } from "../read/projection.js";
import { Looks, reachedAnywhere } from "../read/looks.js";
import { Waiters } from "../read/waiters.js";
import type { ServiceDefinition } from "./service.js";
import { publicly } from "./tail.js";

/** What of a service hears a topic, or any where none is named: who does not has nothing to apply of it. */
export function followersOf(
  { name, reactions, projections }: Pick<ServiceDefinition, "name" | "reactions" | "projections">,
  topic: string | undefined,
): string[] {
  const followers = [
    { what: "reactions", sources: reactions.map((each) => each.topic) },
    ...projections.map((each) => ({ what: each.name, sources: sourcesOf(each) })),
  ];
  const isHeard = (source: string): boolean =>
    topic === undefined ? !source.startsWith(`${name}.`) : source === topic;
  return followers.filter(({ sources }) => sources.some(isHeard)).map(({ what }) => what);
}

export interface SettlingDeps {
  /** Whether other instances apply events too. */
  readonly shared: boolean;
  /** What was heard to have happened anywhere. */
  readonly heard: Waiters;
  /** The public sequences that a projection, or the reactions, have applied of these aggregates, as they are stored. */
  readonly stored: (what: string, aggregateIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

export class Settling {
  /** What was applied here: `<projection or "reactions">/<aggregate id>` → public sequence. */
  private readonly applied = new Waiters();
  private readonly looks = new Map<string, Looks>();

  constructor(private readonly deps: SettlingDeps) {}

  /** It was applied here. */
  reach(what: string, aggregateId: string, sequence: number): void {
    this.applied.reach(`${what}/${aggregateId}`, sequence);
  }

  /** True at once, when it happens, or false after the wait (milliseconds). */
  async hasReached(what: string, aggregateId: string, sequence: number, waitMs: number): Promise<boolean> {
    const { shared, heard, stored } = this.deps;
    const name = `${what}/${aggregateId}`;
    // Asked first: what is applied while the stored position is read wakes this wait.
    const here = this.applied.wait(name, sequence, waitMs);
    if ((this.applied.known(name) ?? -1) >= sequence) return true;
    const isStored = async (): Promise<boolean> =>
      ((await stored(what, [aggregateId])).get(aggregateId) ?? -1) >= sequence;
    if (await isStored()) return true;
    if (!shared) return here;
    const spoken = heard.wait(publicly(aggregateId), sequence, waitMs);
    const look = (left: number): Promise<boolean> => this.looksAt(what).wait(aggregateId, sequence, left);
    return (await reachedAnywhere(here, spoken, look, waitMs)) || isStored();
  }

  /** Whoever still waits is answered with what is stored. */
  close(): void {
    this.applied.close();
    for (const looks of this.looks.values()) looks.close();
  }

  private looksAt(what: string): Looks {
    let looks = this.looks.get(what);
    if (!looks) this.looks.set(what, (looks = new Looks((ids) => this.deps.stored(what, ids))));
    return looks;
  }
}
