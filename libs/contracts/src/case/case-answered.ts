import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, about } from "../shapes.js";

/** The customer got an answer; first tells whether it was the first one. */
export const caseAnswered = Contract.of("case.answered", "gendan.cases").version(
  z.object({ first: z.boolean(), answeredAt: instant, ...about, caseId: id }),
);
export type CaseAnswered = DataOf<typeof caseAnswered>;
