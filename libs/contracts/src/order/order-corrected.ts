import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, detailedOrderLine, id, orderLine } from "../shapes.js";

export const orderCorrected = Contract.of("order.corrected", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A typing error was mended before confirmation; lines and sums are those from now on.",
  zh: "确认之前更正了录入错误；行与金额以此为准。",
})
  .version(
    z.object({
      orderId: id,
      lines: z.array(orderLine),
      amount,
      freight: amount,
    }),
    { orderId: the.order, lines: [the.line], amount: the.total, freight: the.nothing },
  )
  .version(
    z.object({
      orderId: id,
      lines: z.array(detailedOrderLine),
      amount,
      freight: amount,
    }),
    { orderId: the.order, lines: [the.detailedLine], amount: the.total, freight: the.nothing },
    (v1) => v1,
  );
export type OrderCorrected = DataOf<typeof orderCorrected>;
