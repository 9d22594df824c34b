// Random orders that come in again and corrections of what lines say, some under rules, and the inputs of both.
import * as fc from "fast-check";
import type { GivenLine } from "../../domain/order/given-order.js";
import type { IntakeRules } from "../../domain/order/intake/intake-rules.js";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { cny, receive } from "../../domain/order/spec.js";

export const intakeRules: IntakeRules = {
  completeness: {
    version: 1,
    rules: { rules: [{ name: "x", required: ["lines.packaging"], minimumQuantity: "5", verifyWithinHours: 4 }] },
  },
  ownership: { version: 1, rules: { systems: [{ system: "erp", accounts: [], fields: ["lines.listPrice"] }] } },
};
const ruled = fc.constantFrom({}, {}, { rules: intakeRules });

const details = fc.constantFrom<Partial<GivenLine>>(
  { packaging: "carton", shippingMark: "HAMBURG" },
  {
    matrix: [
      { size: "M", quantity: "2" },
      { size: "L", quantity: "4" },
    ],
  },
  { matrix: [{ size: "M", quantity: "2" }] },
  { listPrice: cny(300), unitCost: cny(100) },
  { conversion: { unit: "carton", numerator: 1, denominator: 4 } },
);

const changes = fc.array(
  fc.record(
    {
      lineId: fc.constantFrom("1", "2"),
      quantity: fc.constantFrom("0", "5", "6"),
      unitPrice: fc.constantFrom(cny(249), cny(250)),
      requestedOn: fc.constantFrom("2026-03-21", "2026-02-30"),
    },
    { requiredKeys: ["lineId"] },
  ),
  { minLength: 1, maxLength: 2 },
);

/** The lines are those that the lives begin with. */
export const intakeCommands = (
  line: GivenLine,
): readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderCommand> }[] => [
  {
    weight: 1,
    arbitrary: fc.tuple(ruled, details).map(([under, more]): OrderCommand => ({
      ...receive,
      channel: "import",
      sourceReference: "4711",
      acceptanceDays: 2,
      references: [{ system: "erp", number: "1" }],
      lines: [{ ...line, ...more }],
      ...under,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(ruled, details).map(([under, more]): OrderCommand => ({
      type: "CorrectOrder",
      lines: [{ ...line, ...more }],
      ...under,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(ruled, changes).map(([under, changedLines]): OrderCommand => ({
      type: "CorrectOrder",
      changedLines,
      ...under,
    })),
  },
];

export const intakeInputs = {
  correctOrder: () => [
    { type: "CorrectOrder", paymentTerms: "COD" },
    { type: "CorrectOrder", paymentTerms: "PREPAID" },
  ],
} satisfies Readonly<Record<string, (order: OrderState) => readonly OrderCommand[]>>;
