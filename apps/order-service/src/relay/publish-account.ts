// What the company hears of a customer's account. Made of the event alone.
import { accountStatementConfirmed } from "@gendan/contracts";
import type { PublicFact } from "@gendan/eventing";
import type { AccountEvent } from "../domain/account/account.events.js";

export function publishAccount(accountId: string, event: AccountEvent): readonly PublicFact[] {
  switch (event.type) {
    case "account.posted": // told by what was posted
      return [];
    case "account.statement.confirmed": {
      const { type: _, visibleTo, ...statement } = event;
      return [accountStatementConfirmed.message({ accountId, ...statement, visibleTo: [...visibleTo] })];
    }
  }
}
