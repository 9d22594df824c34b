// What an amendment would do, and in what two versions differ, for who shows it.
import type { OrderContent } from "../domain/order/content.events.js";
import { contentOf } from "../domain/order/order.state.js";
import { differencesOf } from "../domain/order/intake/differences.js";
import type { Change } from "../domain/order/order.events.js";

export { impactOf } from "../domain/order/amendment/impact.js";

interface Version extends OrderContent {
  readonly promises: readonly { readonly lineId: string; readonly scheduleId: string; readonly promisedOn: string }[];
}

/** Value by value, promised days among them. */
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

  return [...differencesOf(contentOf(before), contentOf(after)).map(({ field: _, ...change }) => change), ...days];
}
