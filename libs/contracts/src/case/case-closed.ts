import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, about } from "../shapes.js";

/** The case is done. */
export const caseClosed = Contract.of("case.closed", "gendan.cases").version(
  z.object({ ...about, caseId: id, outcome: z.string().optional() }),
);
export type CaseClosed = DataOf<typeof caseClosed>;
