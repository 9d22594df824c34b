// What the company hears of a customer's credit. Made of the event alone; amounts stay here.
import type { PublicFact } from "@gendan/eventing";
import { creditExceeded, creditRecovered } from "@gendan/contracts";
import type { CreditEvent } from "../domain/credit/credit.events.js";

export function publishCredit(customerId: string, event: CreditEvent): readonly PublicFact[] {
  switch (event.type) {
    case "credit.exceeded":
      return [creditExceeded.message({ customerId, orderId: event.orderId })];
    case "credit.recovered":
      return [creditRecovered.message({ customerId, orderIds: [...event.orderIds] })];
    case "credit.limit.set": // between finance and the order desk
    case "credit.order.followed": // told by the order itself
      return [];
  }
}
