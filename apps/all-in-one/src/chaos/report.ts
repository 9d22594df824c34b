// What every scenario is given and tells: the work that its clients did, and what contradicts it.
import type { Evidence } from "./evidence.js";
import { acknowledgedIn, type Ledger } from "./ledger.js";
import { violationsOf } from "./violations.js";

export interface ChaosOptions {
  readonly kills: number;
  /** Chooses orders, quantities, victims, moments. */
  readonly seed: number;
  /** Made when missing; must hold nothing yet. */
  readonly directory: string;
  readonly log: (line: string) => void;
  readonly clients?: number;
}

export interface WorkReport {
  readonly seed: number;
  readonly kills: number;
  readonly orders: number;
  readonly acknowledged: number;
  /** Acknowledged commands that had to be sent more than once. */
  readonly sentAgain: number;
  readonly events: number;
  readonly documents: number;
  readonly seconds: number;
  readonly violations: readonly string[];
  /** What the violations were found in. */
  readonly ledger: Ledger;
  readonly evidence: Evidence;
}

/** `began`: when, by this process's clock. */
export function reportOfWork(
  { kills, seed }: Pick<ChaosOptions, "kills" | "seed">,
  ledger: Ledger,
  evidence: Evidence,
  began: number,
): WorkReport {
  const acknowledged = acknowledgedIn(ledger);
  return {
    seed,
    kills,
    orders: ledger.journeys.length,
    acknowledged: acknowledged.length,
    sentAgain: acknowledged.filter(({ attempts }) => attempts > 1).length,
    events: evidence.events.length,
    documents: evidence.checked,
    seconds: Math.round((performance.now() - began) / 1_000),
    violations: violationsOf(ledger, evidence),
    ledger,
    evidence,
  };
}
