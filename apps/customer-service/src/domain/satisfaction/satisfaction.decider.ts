// The answer about satisfaction: a fact of the customer's, recorded once, before a delivery as well as after it.
import { accept, acceptUnless, dayIn, isZone, refuse, type Asked, type Decider, type Decision } from "@gendan/eventing";
import { news, rescoped, type Followed, type FollowScope } from "../follow-scope.js";
import { sameContent } from "../shared.js";
import type { SatisfactionEvent, SatisfactionRecorded } from "./satisfaction.events.js";

export interface RecordSatisfaction extends Omit<SatisfactionRecorded, "type" | "recordedOn"> {
  readonly type: "RecordSatisfaction";
  /** The time zone whose calendar counts: the order's, or the one that was given. */
  readonly zone: string;
}

export type SatisfactionCommand = RecordSatisfaction | FollowScope;

/** Why an answer is not taken: it is none. Codes are API: they are added, never renamed. */
export type SatisfactionRefusal =
  | { readonly code: "SATISFACTION_EXISTS" }
  | { readonly code: "SCORE_OUT_OF_RANGE"; readonly score: number }
  | { readonly code: "ZONE_UNKNOWN"; readonly zone: string };

/** What decisions need to know of an answer. */
export interface SatisfactionState {
  readonly recorded?: SatisfactionRecorded;
  readonly followed?: Followed;
}

/** The same answer recorded again changes nothing; another one under the same id is refused. */
function recordSatisfaction(
  { recorded }: SatisfactionState,
  { type: _, zone, ...answer }: RecordSatisfaction,
  { at }: Asked,
): Decision<SatisfactionEvent, SatisfactionRefusal> {
  const faults: SatisfactionRefusal[] = [];
  const { score } = answer;
  if (!Number.isInteger(score) || score < 1 || score > 5) faults.push({ code: "SCORE_OUT_OF_RANGE", score });
  if (!isZone(zone)) return refuse({ code: "ZONE_UNKNOWN", zone }, ...faults);
  const event: SatisfactionEvent = { type: "satisfaction.recorded", ...answer, recordedOn: dayIn(zone, at) };
  if (!recorded) return acceptUnless(faults, event);
  // The day is left out: a retry without a time of its own would come out on another one.
  return sameContent({ ...event, recordedOn: recorded.recordedOn }, recorded)
    ? accept()
    : refuse({ code: "SATISFACTION_EXISTS" });
}

export const satisfactionDecider: Decider<
  SatisfactionState,
  SatisfactionCommand,
  SatisfactionEvent,
  SatisfactionRefusal
> = {
  initial: {},
  evolve(answer, event) {
    switch (event.type) {
      case "satisfaction.recorded":
        return { recorded: event };
      case "satisfaction.scope.followed":
        return { followed: event, ...(answer.recorded && { recorded: rescoped(answer.recorded, event) }) };
    }
  },
  decide(answer, command, by) {
    switch (command.type) {
      case "RecordSatisfaction":
        return recordSatisfaction(answer, command, by);
      case "FollowScope": {
        const scope = news(answer.recorded?.about.orderId, answer.followed, command);
        return scope ? accept({ type: "satisfaction.scope.followed", ...scope }) : accept();
      }
    }
  },
};
