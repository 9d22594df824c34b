// What an amendment would do, and in what two versions differ, for who shows it.
import type { OrderContent } from "../domain/order/content.events.js";
import { contentOf } from "../domain/order/order.state.js";
import { differencesOf } from "../domain/order/intake/differences.js";
import { termChanges } from "../domain/order/money/milestones.js";
import type { MilestoneTerm } from "../domain/order/money/money.events.js";
import type { Change } from "../domain/order/order.events.js";

export { impactOf } from "../domain/order/amendment/impact.js";

interface Version extends OrderContent {
  readonly promises: readonly { readonly lineId: string; readonly scheduleId: string; readonly promisedOn: string }[];
  readonly milestones?: readonly MilestoneTerm[];
}

/** Value by value, promised days and payment milestones among them. */
export function versionChanges(before: Version, after: Version): Change[] {
  const [was, now] = [before, after].map(({ promises }) => {
    return new Map(
      promises.map((each) => [`lines.${each.lineId}.schedules.${each.scheduleId}.promisedOn`, each.promisedOn]),
    );
  }) as [Map<string, string>, Map<string, string>];
  const days = [...new Set([...was.keys(), ...now.keys()])].flatMap((path) => {
    const [from, to] = [was.get(path), now.get(path)];
    return from === to ? [] : [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });

  const terms = termChanges(before.milestones ?? [], after.milestones ?? []);
  const values = differencesOf(contentOf(before), contentOf(after)).map(({ field: _, ...change }) => change);
  return [...values, ...days, ...terms];
}
