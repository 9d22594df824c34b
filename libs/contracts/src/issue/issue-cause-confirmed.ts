import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, issueAbout, text } from "../shapes.js";

export const issueCauseConfirmed = Contract.of("issue.cause.confirmed", "gendan.issues", {
  owner: "customer",
  key: "issueId",
  en: "The root cause is known, with evidence.",
  zh: "根本原因已凭证据确认。",
}).version(z.object({ issueId: id, ...issueAbout, cause: text }), {
  issueId: the.issue,
  ...the.about,
  orderIds: [the.order],
  cause: "port-congestion",
});
export type IssueCauseConfirmed = DataOf<typeof issueCauseConfirmed>;
