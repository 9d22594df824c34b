import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, scope, about } from "../shapes.js";

/** The customer asks or complains. */
export const caseOpened = Contract.of("case.opened", "gendan.cases").version(
  z.object({
    number: z.string(),
    kind: z.enum(["inquiry", "complaint"]),
    customerId: id,
    subject: z.string(),
    priority: z.enum(["low", "normal", "high", "urgent"]),
    openedAt: instant,
    ...about,
    caseId: id,
    ...scope,
  }),
);
export type CaseOpened = DataOf<typeof caseOpened>;
