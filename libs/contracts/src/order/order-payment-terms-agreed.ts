import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, count, id, paymentDue, text } from "../shapes.js";

export const orderPaymentTermsAgreed = Contract.of("order.payment.terms.agreed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order is paid in these parts, each with a day of its own; without any, by the code of its terms.",
  zh: "订单按这些回款节点付款，各有到期日；没有节点时按付款条件代码。",
}).version(
  z.object({
    orderId: id,
    milestones: z.array(
      z.object({
        milestoneId: text,
        percent: text.optional(),
        amount: amount.optional(),
        due: paymentDue,
        days: count,
      }),
    ),
  }),
  {
    orderId: the.order,
    milestones: [
      { milestoneId: "deposit", percent: "30", due: "confirmation", days: 0 },
      { milestoneId: "rest", due: "invoice", days: 30 },
    ],
  },
);
export type OrderPaymentTermsAgreed = DataOf<typeof orderPaymentTermsAgreed>;
