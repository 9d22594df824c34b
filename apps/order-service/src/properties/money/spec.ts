// The random commands about an order's money, and inputs that a caller could think of for each of its actions.
import * as fc from "fast-check";
import type { Money } from "@gendan/eventing";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { ruleDefaults, type RuleKinds } from "../../domain/rules/rule-kinds.js";

const RECEIPT = "0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f0006";
const INVOICES = ["7", "8"].map((last) => `0b3f3c1e-1c57-4a6e-9d0a-3a8f5f1f000${last}`);
const cny = (minor: number): Money => ({ minor: `${minor}`, currency: "CNY" });
const invoicing = { version: 0, rules: ruleDefaults.invoicing };
const payment = { version: 0, rules: ruleDefaults.payment };
const rest = { milestoneId: "rest", due: "endOfMonth", days: 30 } as const;

export const moneyCommands: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constantFrom<OrderCommand>(
    {
      type: "AgreePaymentTerms",
      milestones: [{ milestoneId: "a", percent: "33.333333", due: "beforeShipment", days: 7 }, rest],
    },
    {
      type: "AgreePaymentTerms",
      milestones: [{ milestoneId: "a", amount: cny(700), due: "confirmation", days: 0 }, rest],
    },
    { type: "AgreePaymentTerms", milestones: [] },
  ),
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...INVOICES), fc.option(fc.constantFrom("0.5", "2", "6"), { nil: undefined }))
      .map(([invoiceId, quantity]): OrderCommand => ({
        type: "IssueInvoice",
        invoiceId,
        number: "IN-1",
        ...(quantity === undefined ? {} : { lines: [{ lineId: "1", quantity }] }),
        rules: invoicing,
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom({ quantity: "0.5" }, { amount: cny(99) }, { quantity: "2" })
      .map((line): OrderCommand => ({
        type: "IssueCreditNote",
        invoiceId: INVOICES[1]!,
        number: "CN-1",
        cause: "return",
        lines: [{ lineId: "1", ...line }],
        rules: { version: 0 },
      })),
  },
  fc.constantFrom(undefined, cny(10)).map((amount): OrderCommand => ({
    type: "WriteOff",
    writeOffId: INVOICES[0]!,
    ...(amount ? { amount } : {}),
    reason: "small",
    rules: payment,
  })),
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, 900)
      .map((minor): OrderCommand => ({ type: "ReversePayment", receiptId: RECEIPT, amount: cny(minor) })),
  },
);

export const moneyInputs = {
  agreePaymentTerms: () => [
    { type: "AgreePaymentTerms", milestones: [{ milestoneId: "x", due: "delivery", days: 1 }] },
    { type: "AgreePaymentTerms", milestones: [{ milestoneId: "x", due: "delivery", days: 2 }] },
  ],
  issueInvoice: (_, { invoicing: rules }) => [
    { type: "IssueInvoice", invoiceId: "i", number: "IN-2", rules: { version: 1, rules } },
  ],
  issueCreditNote: ({ content }) =>
    content.lines.map(({ lineId }) => ({
      type: "IssueCreditNote",
      invoiceId: "c",
      number: "CN-2",
      cause: "price",
      lines: [{ lineId, amount: cny(1) }],
      rules: { version: 0 },
    })),
  writeOff: (_, { payment: rules }) => [
    { type: "WriteOff", writeOffId: "w", amount: cny(1), reason: "small", rules: { version: 1, rules } },
  ],
} satisfies Readonly<Record<string, (order: OrderState, rules: RuleKinds) => readonly OrderCommand[]>>;
