// Commands by number, for who sends a tally very many and counts what became of them: 0 opens it, every further one counts.
import { POISON, type TallyCommand } from "./tally.js";

/** What command n counts: as many different numbers as there are below those that are poison. */
export const nthCount = (n: number): number => n % POISON;

export const nthCommand = (n: number): TallyCommand =>
  n === 0 ? { type: "Open", department: "cn/east" } : { type: "Count", by: nthCount(n) };
