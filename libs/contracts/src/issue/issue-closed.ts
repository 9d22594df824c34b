import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, issueAbout, text } from "../shapes.js";

export const issueClosed = Contract.of("issue.closed", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "The issue is over; cause is what the Pareto counts.",
  zh: "问题已了结；帕累托分析按 cause 计数。",
}).version(z.object({ issueId: id, ...issueAbout, cause: text, slotId: id.optional() }), {
  issueId: the.issue,
  ...the.about,
  orderIds: [the.order],
  cause: "port-congestion",
  slotId: the.slot,
});
export type IssueClosed = DataOf<typeof issueClosed>;
