import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { personId, scope } from "../shapes.js";

export const interactionScopeChanged = Contract.of("interaction.scope.changed", "gendan.customers", {
  owner: "customer",
  key: "interactionId",
  en: "Who owns the record of a conversation or who sees it has changed, with its order.",
  zh: "往来记录的归属或可见范围随其订单变更。",
}).version(z.object({ interactionId: personId, ...scope }), { interactionId: the.interaction, ...the.scope });
export type InteractionScopeChanged = DataOf<typeof interactionScopeChanged>;
