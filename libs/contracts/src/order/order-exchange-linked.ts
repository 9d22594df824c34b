import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const orderExchangeLinked = Contract.of("order.exchange.linked", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Another order brings what the customer gets for a return.",
  zh: "换货订单已关联到退货单。",
}).version(z.object({ orderId: id, returnId: id, exchangeOrderId: id }), {
  orderId: the.order,
  returnId: the.return,
  exchangeOrderId: the.exchange,
});
export type OrderExchangeLinked = DataOf<typeof orderExchangeLinked>;
