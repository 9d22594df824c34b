import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, personId, text, visibleTo } from "../shapes.js";

export const accountStatementConfirmed = Contract.of("account.statement.confirmed", "gendan.accounts", {
  owner: "order",
  key: "accountId",
  en: "The customer's statement of the month is confirmed and changes no more; what comes later counts in the next.",
  zh: "客户该月的对账单已确认，不再变更；之后的变动计入下一月。",
}).version(
  z.object({
    accountId: id,
    customerId: personId,
    month: text,
    opening: amount,
    invoiced: amount,
    credited: amount,
    received: amount,
    refunded: amount,
    writtenOff: amount,
    exchanged: amount,
    closing: amount,
    visibleTo,
  }),
  {
    accountId: the.slot,
    customerId: the.customer,
    month: "2027-02",
    opening: the.nothing,
    invoiced: the.total,
    credited: the.nothing,
    received: the.nothing,
    refunded: the.nothing,
    writtenOff: the.nothing,
    exchanged: the.nothing,
    closing: the.total,
    visibleTo: the.scope.visibleTo,
  },
);
export type AccountStatementConfirmed = DataOf<typeof accountStatementConfirmed>;
