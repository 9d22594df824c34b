// What can have happened to an open-issue slot: a rule and a source have at most one open issue.
import type { Scope } from "@gendan/eventing";
import type { IssueAbout } from "../issue/issue.events.js";

export type SlotEvent = SlotTaken | SlotReleased;

export interface SlotTaken extends Scope {
  readonly type: "slot.taken";
  /** The issue that is opened for it. */
  readonly issueId: string;
  readonly rule: string;
  /** What the rule looked at: an order's or a shipment's id. */
  readonly source: string;
  readonly severity: "minor" | "severe";
  readonly title: string;
  readonly about: IssueAbout;
  readonly takenAt: string;
  /** The calendar day of takenAt in the zone of what it is about. */
  readonly takenOn: string;
}

export interface SlotReleased {
  readonly type: "slot.released";
  readonly issueId: string;
}
