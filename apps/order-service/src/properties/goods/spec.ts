// What becomes of an order's quantities, among the random commands and the inputs that somebody could think of.
import * as fc from "fast-check";
import { millionths } from "@gendan/eventing";
import { heldOf } from "../../domain/order/dimensions.js";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import { CUSTOMER } from "../../domain/order/spec.js";
import type { Part } from "../../domain/order/order.events.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { returnedExtent, returnedOf } from "../../domain/order/goods/returns.state.js";
import { returnedOf as returnedOfDocument } from "../../read/goods/fold-returns.js";
import type { OrderDocument } from "../../read/order.document.js";

interface Goods {
  readonly shipmentId: string;
  readonly lines: readonly Part[];
}

const schedule = fc.record({ lineId: fc.constant("1"), scheduleId: fc.constantFrom("1", "1", "2", "2", "1.1", "9") });
const quantity = fc.constantFrom(undefined, undefined, "0.5", "1", "2", "5");
const returnId = fc.constantFrom("r1", "r1", "r2");
const RETURNS = { version: 0, rules: {} };
const NONE = { restock: "0", scrap: "0", backToCustomer: "0" };
const given = (units: string | undefined) => (units === undefined ? {} : { quantity: units });

/** The commands of this area, as often as lives need them to come far. */
export const goodsCommands = (
  goods: fc.Arbitrary<Goods>,
  moment: fc.Arbitrary<string>,
): { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderCommand> }[] => [
  {
    weight: 2,
    arbitrary: schedule.map((of): OrderCommand => ({ type: "ShortCloseSchedule", ...of, reason: "x" })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(schedule, quantity).map(([of, units]): OrderCommand => {
      return { type: "BackorderSchedule", ...of, ...given(units), promisedOn: "2026-03-28", reason: "x" };
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(schedule, quantity, fc.constantFrom("1", "2"), fc.boolean())
      .map(([{ scheduleId }, units, lineId, whole]): OrderCommand => {
        const of = whole ? {} : { scheduleId };
        return { type: "CancelLine", lineId, ...of, ...given(units), reason: "x", cancelledBy: "us" };
      }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(goods, moment).map(([each, returnedAt]): OrderCommand => {
      return { type: "RecordReturnedToSender", ...each, returnedAt };
    }),
  },
  { weight: 1, arbitrary: fc.constant<OrderCommand>({ type: "RejectDelivery", reason: "x" }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(returnId, schedule, fc.constantFrom("0.5", "1"), fc.constantFrom("refund", "exchange"))
      .map(([id, of, units, remedy]): OrderCommand => {
        const lines = [{ ...of, quantity: units }];
        return { type: "AuthoriseReturn", returnId: id, lines, reason: "x", remedy, rules: RETURNS };
      }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(returnId, goods)
      .map(([id, { lines }]): OrderCommand => ({ type: "ReceiveReturn", returnId: id, lines })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(returnId, schedule, fc.constantFrom("restock", "scrap", "backToCustomer"), fc.constantFrom("0.5", "2"))
      .map(([id, of, verdict, units]): OrderCommand => {
        return { type: "InspectReturn", returnId: id, lines: [{ ...of, ...NONE, [verdict]: units }] };
      }),
  },
  { weight: 2, arbitrary: returnId.map((id): OrderCommand => ({ type: "WithdrawReturn", returnId: id, reason: "x" })) },
  {
    weight: 2,
    arbitrary: returnId.map((id): OrderCommand => ({ type: "LinkExchange", returnId: id, exchangeOrderId: "e" })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(CUSTOMER, "another").map((customerId): OrderCommand => ({
      type: "NoteExchange",
      exchangeOf: { orderId: "o", returnId: "r" },
      customerId,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(returnId, fc.constantFrom("100", "900")).map(([id, minor]): OrderCommand => {
      const paid = { receiptId: "e", refundId: "f", amount: { minor, currency: "CNY" } };
      return { type: "RecordRefund", returnId: id, ...paid };
    }),
  },
  { weight: 2, arbitrary: fc.constant<OrderCommand>({ type: "ReopenOrder", reason: "x" }) },
];

/** What may come back once something has arrived. */
export const returnDetours: readonly (readonly OrderCommand[])[] = (["refund", "exchange"] as const).flatMap(
  (remedy) => {
    const lines = [{ lineId: "1", scheduleId: "1", quantity: "1" }];
    const authorise = { type: "AuthoriseReturn", returnId: "r1", lines, reason: "x", remedy, rules: RETURNS } as const;
    const ends: OrderCommand[] = [
      { type: "WithdrawReturn", returnId: "r1", reason: "x" },
      { type: "LinkExchange", returnId: "r1", exchangeOrderId: "e" },
      { type: "ReceiveReturn", returnId: "r1", lines },
    ];
    return ends.map((end) => [authorise, end]);
  },
);

const SMALLEST = "0.000001";
const schedulesOf = ({ schedules }: OrderState) =>
  [...schedules.values()].map(({ lineId, scheduleId }) => ({ lineId, scheduleId }));

/** Inputs for each action of this area, in this state. */
export const goodsInputs = {
  shortCloseSchedule: (order) =>
    schedulesOf(order).map((of) => ({ type: "ShortCloseSchedule", ...of, reason: "x" }) as const),
  backorderSchedule: (order) =>
    schedulesOf(order).map(
      (of) =>
        ({ type: "BackorderSchedule", ...of, quantity: SMALLEST, promisedOn: "2027-01-01", reason: "x" }) as const,
    ),
  cancelLine: (order) =>
    schedulesOf(order).map(
      (of) => ({ type: "CancelLine", ...of, quantity: SMALLEST, reason: "x", cancelledBy: "customer" }) as const,
    ),
  rejectDelivery: () => [{ type: "RejectDelivery", reason: "x" }],
  authoriseReturn: (order) =>
    schedulesOf(order).map((of) => {
      const line = { ...of, quantity: SMALLEST };
      return { type: "AuthoriseReturn", returnId: "new", lines: [line], reason: "x", remedy: "refund", rules: RETURNS };
    }),
  inspectReturn: (order) =>
    [...order.returns.byId.keys()].flatMap((id) =>
      schedulesOf(order).map((of) => {
        return { type: "InspectReturn", returnId: id, lines: [{ ...of, ...NONE, restock: SMALLEST }] } as const;
      }),
    ),
  withdrawReturn: (order) =>
    [...order.returns.byId.keys()].map((id) => ({ type: "WithdrawReturn", returnId: id, reason: "x" })),
  linkExchange: (order) =>
    [...order.returns.byId.keys()].map((id) => ({ type: "LinkExchange", returnId: id, exchangeOrderId: "e" })),
  reopenOrder: () => [{ type: "ReopenOrder", reason: "x" }],
} satisfies Readonly<Record<string, (order: OrderState) => readonly OrderCommand[]>>;

/** Where units would have leaked: each place of which the parts are not the whole. */
export function leaks(order: OrderState, doc: OrderDocument): string[] {
  const extent = returnedOfDocument(doc) === returnedExtent(order) ? [] : ["returned"];
  const ofLines = doc.lines.flatMap((line) => {
    const parts = line.schedules.reduce((sum, { quantity: part }) => sum + millionths(part), 0n);
    const own = line.schedules.flatMap((each) => {
      const { lineId } = line;
      const name = `${lineId}/${each.scheduleId}`;
      const state = order.schedules.get(`${lineId}\u0000${each.scheduleId}`);
      if (!state) return [`${name} is not decided on`];
      const { allocated, shipped, delivered, lost, returnedToSender } = heldOf(order, state);
      const told = [each.allocated, each.shipped, each.lost, each.returnedToSender ?? "0"].map(millionths);
      const back = returnedOf(order, state);
      const withdrawn = millionths(each.cancelled ?? "0") + millionths(each.shortClosed?.quantity ?? "0");
      return [
        ...(millionths(each.quantity) === state.owed + withdrawn ? [] : [`${name}: owed and given up`]),
        ...(state.quantity === each.quantity && state.owed >= 0n ? [] : [`${name}: quantity`]),
        ...(delivered <= shipped - lost - returnedToSender && shipped <= allocated ? [] : [`${name}: held`]),
        ...(back >= 0n && back <= delivered && back === millionths(each.returned ?? "0") ? [] : [`${name}: returned`]),
        ...(`${[allocated, shipped, lost, returnedToSender]}` === `${told}` ? [] : [`${name}: told`]),
      ];
    });
    return [...(parts === millionths(line.quantity) ? [] : [`${line.lineId}: its schedules`]), ...own];
  });
  return [...extent, ...ofLines];
}
