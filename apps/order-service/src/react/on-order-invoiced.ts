// An invoice that its order has issued begins a life of its own, with the ladder of reminders as the rules are then; it learns
// from the order what of it is settled, and who sees it.
import type {
  OrderCredited,
  OrderInvoiced,
  OrderPaymentRecorded,
  OrderPaymentReversed,
  OrderScopeChanged,
  OrderWrittenOff,
} from "@gendan/contracts";
import type { Found, Reacted, Reaction } from "@gendan/eventing";
import type { FollowInvoiceScope, OpenInvoice, SettleInvoice } from "../domain/invoice/open-invoice.js";
import { settledByInvoice } from "../domain/order/money/owed.js";
import type { OrderState } from "../domain/order/order.state.js";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { defined } from "../domain/values.js";

const order = ({ orderId }: { readonly orderId: string }) => [{ aggregate: "order.order", id: orderId }];

export const onOrderInvoiced: Reaction<OrderInvoiced, RulesState> = {
  name: "open-invoice",
  topic: "gendan.orders",
  on: "order.invoiced",
  startsWith: "history",
  reads: () => [{ aggregate: "order.rules", id: rulesId("dunning") }],
  react: (event, _, [rules]): Reacted<OpenInvoice>[] => {
    const { orderId, orderNumber, customerId, number, amount, issuedOn, dueOn, overdueFrom, zone } = event;
    const known = { orderId, orderNumber, customerId, number, amount, issuedOn, dueOn, overdueFrom, zone };
    const { department, assignee, visibleTo } = event;
    const scope = { department, ...defined({ assignee }), visibleTo };
    const command = { type: "OpenInvoice", ...known, ...scope, rules: rulesIn(rules?.state, "dunning") } as const;
    return [{ aggregate: "order.invoice", target: event.invoiceId, command }];
  },
};

type Settling = OrderPaymentRecorded | OrderPaymentReversed | OrderInvoiced | OrderCredited | OrderWrittenOff;

/** Whatever moves what has come in for an order tells each of its invoices what of it is settled by then. */
const settling = (name: string, on: string): Reaction<Settling, OrderState> => ({
  name,
  topic: "gendan.orders",
  on,
  startsWith: "history",
  reads: order,
  react: (_, __, [found]): Reacted<SettleInvoice>[] =>
    found
      ? [...settledByInvoice(found.state)].map(([target, settled]) => ({
          aggregate: "order.invoice",
          target,
          command: { type: "SettleInvoice", settled, revision: found.revision },
        }))
      : [],
});

export const settleInvoices = [
  settling("settle-invoices-invoiced", "order.invoiced"),
  settling("settle-invoices-paid", "order.payment.recorded"),
  settling("settle-invoices-reversed", "order.payment.reversed"),
  settling("settle-invoices-credited", "order.credited"),
  settling("settle-invoices-written-off", "order.written.off"),
];

export const onScopeChangedOfInvoiced: Reaction<OrderScopeChanged, OrderState> = {
  name: "follow-scope-of-invoices",
  topic: "gendan.orders",
  on: "order.scope.changed",
  startsWith: "history",
  reads: order,
  react: (_, __, [found]) => (found ? follow(found) : []),
};

const follow = ({ state, revision }: NonNullable<Found<OrderState>>): Reacted<FollowInvoiceScope>[] =>
  state.money.invoices.map(({ invoiceId }) => ({
    aggregate: "order.invoice",
    target: invoiceId,
    command: { type: "FollowScope", revision, ...state.scope },
  }));
