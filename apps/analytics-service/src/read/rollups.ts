// The roll-ups of the reports: their dimensions and measures, said once for the facts that fill them and the reports that sum them.
import type { RollupSpec } from "@gendan/eventing";

/** The dimension whose one value every fact counts under. */
export const ALL = { dimension: "all", value: "" } as const;

/** Counts of what is the case now have no period: they all lie on this day. */
export const NOW = "0001-01-01";

/** How many orders there are now. */
export const orders = {
  name: "orders",
  dimensions: ["all", "lifecycle", "channel", "assignee", "delivery", "hold"],
  measures: ["orders"],
} as const satisfies RollupSpec;

/** What was ordered, by the day it was received; `paid` is what was allocated to these orders so far. */
export const sales = {
  name: "sales",
  dimensions: ["all", "channel", "assignee", "family"],
  measures: ["orders", "lines", "amount", "freight", "paid"],
} as const satisfies RollupSpec;

/**
 * What was verified, by the day it was received; the histogram from received to verified, in 0.1 hour. In time and late are those
 * that had a target.
 */
export const verifications = {
  name: "verifications",
  dimensions: ["all", "channel", "assignee"],
  measures: ["verified", "firstPass", "inTime", "late"],
  histogram: true,
} as const satisfies RollupSpec;

/** What is to be verified until a target, by the day it was received; the histogram of targets, in minutes since 1970. */
export const toVerify = {
  name: "toVerify",
  dimensions: ["all", "channel", "assignee"],
  measures: ["open"],
  histogram: true,
} as const satisfies RollupSpec;

/** What was delivered in full, by the day it was; `ms` from received to delivered, the histogram in 0.01 day. */
export const deliveries = {
  name: "deliveries",
  dimensions: ["all", "channel", "assignee"],
  measures: ["delivered", "late", "ms"],
  histogram: true,
} as const satisfies RollupSpec;

/** Issues by their cause, by the day they were opened. */
export const issues = { name: "issues", dimensions: ["cause"], measures: ["issues"] } as const satisfies RollupSpec;

/** Answers of one to five stars, by the day they were given. */
export const answers = {
  name: "answers",
  dimensions: ["all"],
  measures: ["s1", "s2", "s3", "s4", "s5"],
} as const satisfies RollupSpec;

export const rollups = [orders, sales, verifications, toVerify, deliveries, issues, answers] as const;
