import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { extent, id, quantity, text } from "../shapes.js";

export const orderReturnInspected = Contract.of("order.return.inspected", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "What came back was looked at: what is restocked, scrapped, or goes to the customer again.",
  zh: "退回货物已检验：重新入库、报废或退还客户。",
}).version(
  z.object({
    orderId: id,
    returnId: id,
    lines: z.array(
      z.object({ lineId: text, scheduleId: text, restock: quantity, scrap: quantity, backToCustomer: quantity }),
    ),
    returned: extent,
  }),
  {
    orderId: the.order,
    returnId: the.return,
    lines: [{ lineId: "1", scheduleId: "1", restock: "2", scrap: "1", backToCustomer: "1" }],
    returned: "Partial",
  },
);
export type OrderReturnInspected = DataOf<typeof orderReturnInspected>;
