// How a service's background work stands: whether it works, since when it does not, and how far it is behind.
import { reasonOf } from "../read/parked.js";
import type { LiveProjection } from "../read/projections.js";
import type { RunningReactions } from "../react/running-reactions.js";
import type { RunningRelay } from "../relay/running-relay.js";
import type { Standing } from "./service.js";
import type { Supervised } from "./supervise.js";

/** What runs beside the commands; what is absent has not started, or there is none. */
export interface Background {
  readonly service: string;
  readonly relay: RunningRelay | undefined;
  readonly reactions: RunningReactions | undefined;
  readonly erasing: Supervised | undefined;
  readonly projections: readonly (readonly [name: string, live: LiveProjection])[];
}

/** A line for each part that does not work now. */
export function notReady({ service, relay, reactions, erasing, projections }: Background): readonly string[] {
  const faults: [string, unknown][] = [
    ["relay", relay?.fault()],
    ["reactions", reactions?.fault()],
    ["erasures", erasing?.fault()],
    ...projections.map(([name, live]): [string, unknown] => [`projection ${name}`, live.fault()]),
  ];
  const lines = faults
    .filter(([, fault]) => fault !== undefined)
    .map(([what, fault]) => `${service}: ${what}: ${reasonOf(fault)}`);
  if (reactions?.paused) {
    lines.push(
      `${service}: reactions are paused, their positions are lost: gendan reactions resume --service ${service} --from TIME`,
    );
  }
  return lines;
}

/** Since when documents and reactions have not kept up, as an instant. */
export function staleSince({ reactions, projections }: Background): string | undefined {
  const since = [reactions?.faultySince(), ...projections.map(([, live]) => live.faultySince())];
  const times = since.filter((time) => time !== undefined);
  return times.length === 0 ? undefined : new Date(Math.min(...times)).toISOString();
}

export async function standingOf(background: Background): Promise<Standing> {
  const { relay, reactions, projections } = background;
  const [published, reacted, folded] = await Promise.all([
    relay?.lag(),
    reactions?.lag(),
    Promise.all(
      projections.map(async ([name, live]) => ({ name, seconds: await live.lag(), parked: live.parkedAggregates })),
    ),
  ]);
  return {
    ready: notReady(background).length === 0,
    ...(published ? { relay: published } : {}),
    ...(reacted === undefined ? {} : { reactions: { seconds: reacted, parked: reactions!.parkedAggregates } }),
    projections: folded,
  };
}
