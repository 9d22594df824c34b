// What an order is compared with besides the customer's purchase order: what was accepted of the quotations that it comes from.
import type { Commands } from "@gendan/eventing";
import type { ComparedDocument } from "../domain/order/comparison/compare.js";
import type { PurchaseOrderLine } from "../domain/order/comparison/comparison.events.js";
import type { OrderState } from "../domain/order/order.state.js";
import { orderFrom } from "../domain/quotation/accept-quotation.js";
import type { QuotationCommand } from "../domain/quotation/quotation.decider.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";

/** From their streams, whoever asks: what an order was made of does not depend on who looks. */
export async function comparedQuotations(
  quotations: Pick<Commands<QuotationState, QuotationCommand, never>, "load">,
  { quotedBy, content }: Pick<OrderState, "quotedBy" | "content">,
): Promise<ComparedDocument[]> {
  const found = await Promise.all(
    quotedBy.map(async ({ quotationId, version }): Promise<ComparedDocument[]> => {
      const state = (await quotations.load(quotationId))?.state;
      const accepted = state?.accepted.get(version);
      if (!state || !accepted) return [];
      const lines = orderFrom(quotationId, state, accepted).lines.flatMap(({ lineId: quotedLine, ...line }) => {
        // The order's line is the one that came from it, whatever it is called by now.
        const own = content.lines.find(
          ({ quoted }) => quoted?.quotationId === quotationId && quoted.lineId === quotedLine,
        );
        const said = own ? { ...line, lineId: own.lineId } : line;
        return (line.schedules ?? []).map((schedule) => ({ ...said, ...schedule }) as PurchaseOrderLine);
      });
      return [{ comparedWith: "quotation", document: `${state.number}/${version}`, lines }];
    }),
  );
  return found.flat();
}
