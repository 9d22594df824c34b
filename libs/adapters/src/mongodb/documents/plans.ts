// How the server answers a query, in lines: one for each stage of its plan.
import type { Db, Document } from "mongodb";

/** Tells the plan of a pipeline. */
export type Explain = (pipeline: Document[]) => Promise<string[]>;

/** Asked for as a command of its own, because what is explained takes no read concern. */
export const explaining =
  (db: Db, collection: string): Explain =>
  async (pipeline) =>
    planOf(await db.command({ explain: { aggregate: collection, pipeline, cursor: {} }, verbosity: "queryPlanner" }));

/** Where plans keep what was not chosen, and what the question was. */
const BESIDE = new Set(["rejectedPlans", "command", "parsedQuery", "optimizedPipeline", "slotBasedPlan", "serverInfo"]);

/** The stages from the inside out, each with its index; plans of sharded and unsharded servers of every version alike. */
function planOf(explained: unknown): string[] {
  if (Array.isArray(explained)) return explained.flatMap(planOf);
  if (typeof explained !== "object" || explained === null) return [];
  const inside = Object.entries(explained).flatMap(([name, part]) => (BESIDE.has(name) ? [] : planOf(part)));
  const { stage, indexName, direction } = explained as Document;
  if (typeof stage !== "string") return [...new Set(inside)];
  const index = typeof indexName === "string" ? ` ${indexName} ${String(direction)}` : "";
  return [...new Set([...inside, `${stage}${index}`])];
}
