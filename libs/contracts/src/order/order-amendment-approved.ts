import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const orderAmendmentApproved = Contract.of("order.amendment.approved", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Somebody else than who proposed it has approved the amendment.",
  zh: "变更已由提出人以外的人员批准。",
}).version(z.object({ orderId: id, amendmentId: id }), { orderId: the.order, amendmentId: the.amendment });
export type OrderAmendmentApproved = DataOf<typeof orderAmendmentApproved>;
