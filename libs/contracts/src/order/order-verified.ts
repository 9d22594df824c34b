import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { flag, id } from "../shapes.js";

export const orderVerified = Contract.of("order.verified", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order was checked; firstPass: no discrepancy had ever been recorded.",
  zh: "订单已核对；firstPass 表示从未登记过差异。",
}).version(z.object({ orderId: id, firstPass: flag }), { orderId: the.order, firstPass: true });
export type OrderVerified = DataOf<typeof orderVerified>;
