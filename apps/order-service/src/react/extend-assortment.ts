// What was confirmed to a customer is new to them no more: their assortment follows the orders, imported history too.
import type { Reaction } from "@gendan/eventing";
import type { OrderState } from "../domain/order/order.state.js";

/** Of the order as it stands: told late or twice it adds the same. */
const extendedBy = (on: string, name: string): Reaction<{ readonly orderId: string }, OrderState> => ({
  name,
  topic: "gendan.orders",
  on,
  startsWith: "history",
  reads: ({ orderId }) => [{ aggregate: "order.order", id: orderId }],
  react: ({ orderId }, _, [order]) => {
    if (!order || order.state.lifecycle === "absent") return [];
    const { customerId, content } = order.state;
    const skus = content.lines.map(({ sku }) => sku);
    const command = { type: "ExtendAssortment", customerId, orderId, skus } as const;
    return [{ aggregate: "order.assortment", target: customerId, command }];
  },
});

export const extendAssortment = [
  extendedBy("order.confirmed", "assortment-of-confirmed"),
  extendedBy("order.amended", "assortment-of-amended"),
];
