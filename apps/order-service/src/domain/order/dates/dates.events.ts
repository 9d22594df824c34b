// What was told and agreed about days.
import type { Sealed } from "@gendan/eventing";

export type AskedBy = "customer" | "us" | "supplier" | "carrier" | "forceMajeure";

export interface ScheduleRepromised {
  readonly type: "order.schedule.repromised";
  readonly lineId: string;
  readonly scheduleId: string;
  readonly from: string;
  readonly to: string;
  readonly lateFrom: string;
  readonly reason: string;
  readonly askedBy: AskedBy;
  readonly note?: Sealed;
}

/** The customer accepts a day: what is agreed is measured beside what was promised. */
export interface DateAgreed {
  readonly type: "order.date.agreed";
  readonly lineId: string;
  readonly scheduleId: string;
  readonly agreedOn: string;
  readonly lateFrom: string;
  /** What was agreed before. */
  readonly from?: string;
  /** Who of the customer's people said so. */
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
}

export type DateEvent = ScheduleRepromised | DateAgreed;
