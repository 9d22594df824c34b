// The statement of a customer's account over a month: what opened it, every movement with the balance after it, what closes it.
import { money, minorOf } from "@gendan/eventing";
import { said, type Money, type Words } from "../words.js";
import { customerOn, type Customer } from "./parties.js";
import { PRICES_MASKED, type Template } from "./template.js";

type Sums = "opening" | "invoiced" | "credited" | "received" | "refunded" | "writtenOff" | "exchanged" | "closing";

interface PrintedStatement extends Readonly<Record<Sums, Money | null>> {
  readonly customer: Customer | null;
  readonly currency: string;
  readonly month: string;
  readonly confirmedAt: string | null;
  readonly postings: {
    readonly nodes: readonly {
      readonly kind: keyof typeof kinds;
      readonly number: string;
      readonly day: string;
      readonly amount: Money | null;
    }[];
  } | null;
}

const amount = "{ minor currency }";
const query = `query Print_statement($customerId: ID!, $currency: String!, $month: String!, $after: String) {
  customer(id: $customerId) { number name address }
  subject: statement(customerId: $customerId, currency: $currency, month: $month) {
    currency month confirmedAt opening ${amount} invoiced ${amount} credited ${amount} received ${amount} refunded ${amount}
    writtenOff ${amount} exchanged ${amount} closing ${amount}
    postings(first: 200, after: $after) { nodes { kind number day amount ${amount} } pageInfo { hasNextPage endCursor } }
  }
}`;

const kinds = {
  INVOICE: { en: "Invoice", zh: "发票" },
  CREDIT_NOTE: { en: "Credit note", zh: "贷记单" },
  RECEIPT: { en: "Receipt", zh: "收款" },
  REFUND: { en: "Refund", zh: "退款" },
  WRITE_OFF: { en: "Write-off", zh: "核销坏账" },
  EXCHANGE: { en: "Exchange", zh: "换汇结算" },
} as const;

export const statement: Template = {
  query,
  paged: "postings",
  /** The customer, the currency and the month: <customer>_EUR_2026-03. */
  variables: (id) => {
    const [, customerId, currency, month] = /^([\w-]+)_([A-Z]{3})_(\d{4}-\d{2})$/.exec(id) ?? [];
    return month === undefined ? undefined : { customerId, currency, month };
  },
  paper: (given: PrintedStatement, words) => {
    const { customer, currency, month, confirmedAt, postings, opening, closing } = given;
    if (!opening || !closing || !postings) return PRICES_MASKED;
    let balance = minorOf(opening);
    const rows = postings.nodes.map(({ kind, number, day, amount }) => {
      balance += amount ? minorOf(amount) : 0n;
      const word = kinds[kind] ?? { en: kind, zh: kind };
      return [
        day,
        word[words.language],
        number,
        amount ? words.amount(amount) : "",
        words.amount(money(balance, currency)),
      ];
    });
    return {
      title: words.say(confirmedAt === null ? "preliminaryStatement" : "statement"),
      number: said(customer?.number, currency, month).join(" "),
      facts: [
        [words.say("month"), month],
        [words.say("currency"), currency],
      ],
      parties: [customerOn(words, customer)],
      table: {
        columns: [
          { label: words.say("date"), width: 14, align: "left" },
          { label: words.say("movement"), width: 20, align: "left" },
          { label: words.say("documentNumber"), width: 26, align: "left" },
          { label: words.say("amount"), width: 20, align: "right" },
          { label: words.say("balance"), width: 20, align: "right" },
        ],
        rows,
      },
      totals: totalsOf(given, words),
      notes: [],
      signatures: [words.say("seller"), words.say("buyer")],
    };
  },
};

/** Opening + invoiced − credited − received + refunded − written off + exchanged = closing; what did not move is left out. */
function totalsOf(given: PrintedStatement, words: Words): (readonly [string, string])[] {
  const signs: Readonly<Record<Sums, 1n | -1n>> = {
    opening: 1n,
    invoiced: 1n,
    credited: -1n,
    received: -1n,
    refunded: 1n,
    writtenOff: -1n,
    exchanged: 1n,
    closing: 1n,
  };
  return (Object.keys(signs) as Sums[]).flatMap((name) => {
    const sum = given[name];
    if (!sum || (minorOf(sum) === 0n && name !== "opening" && name !== "closing")) return [];
    return [[words.say(name), words.sum(money(signs[name] * minorOf(sum), sum.currency))] as const];
  });
}
