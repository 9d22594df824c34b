// The form of each kind's rules, as they are given. A kind without its schema does not compile.
import { z } from "zod";
import { approvalSchema, authoritySchema, creditSchema, reviewSchema } from "./approval.schemas.js";
import type { HoldType } from "../domain/order/holds/holds.events.js";
import type { RuleKind, RuleKinds } from "../domain/rules/rule-kinds.js";
import { calendarSchema } from "./calendar.rule-schemas.js";
import { goodsRuleSchemas } from "./goods.rule-schemas.js";
import { intakeRuleSchemas } from "./intake.rule-schemas.js";
import { currency, hours, minor, name, percent } from "./rule-forms.js";

const roles = z.array(name).max(50).exactOptional();
const holdRule = z.strictObject({
  blocks: z.array(z.enum(["dispatch", "production", "invoice"])).max(3),
  placedBy: roles,
  releasedBy: roles,
  expiresAfterHours: hours.exactOptional(),
});
const aspects = ["item", "revision", "quantity", "price", "date", "packaging", "shippingMark"] as const;
const waivers = z.array(name).min(1).max(50);
/** A type that there is not would be a rule that never holds: it is refused. */
const holdType = z.enum([
  ...(["credit", "quality", "stock", "customer", "compliance"] as const),
  ...(["payment", "overdue", "price", "approval"] as const satisfies readonly HoldType[]),
]);

export const ruleSchemas: { readonly [Kind in RuleKind]: z.ZodType<RuleKinds[Kind]> } = {
  comparison: z.strictObject({
    aspects: z.array(z.enum(aspects)).max(20),
    priceTolerance: percent,
    quantityTolerance: percent,
    dateTolerance: z.int().min(0).max(365),
    needed: z
      .array(
        z.strictObject({
          comparedWith: z.enum(["quotation", "purchaseOrder"]),
          channels: z.array(z.enum(["portal", "sales", "api", "mail", "import"])).exactOptional(),
          customers: z.array(z.uuid()).max(1_000).exactOptional(),
        }),
      )
      .max(100),
    waivers: z
      .array(z.strictObject({ aspects: z.array(z.enum([...aspects, "other"])).exactOptional(), roles: waivers }))
      .max(100),
    agreedWithNeeded: z.boolean(),
  }),
  holds: z.partialRecord(holdType, holdRule),
  ...intakeRuleSchemas,
  review: reviewSchema,
  approval: approvalSchema,
  ...goodsRuleSchemas,
  authority: authoritySchema,
  credit: creditSchema,
  calendar: calendarSchema,
  acceptance: z.strictObject({ days: z.int().min(0).max(365) }),
  invoicing: z.strictObject({
    basis: z.enum(["ordered", "shipped", "delivered", "accepted"]),
    days: z.int().min(0).max(365),
  }),
  dunning: z.strictObject({
    levels: z
      .array(
        z.strictObject({
          level: z.int().min(1).max(20),
          days: z.int().min(1).max(1_000),
          holds: z.boolean().optional(),
        }),
      )
      .refine(
        (levels) =>
          levels.every(
            ({ level, days }, at) => at === 0 || (level > levels[at - 1]!.level && days > levels[at - 1]!.days),
          ),
        "levels and days must rise",
      ),
  }),
  rates: z.strictObject({
    rates: z
      .array(
        z.strictObject({
          from: currency,
          to: currency,
          on: z.iso.date(),
          rate: z.string().regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,10})?$/),
        }),
      )
      .max(10_000),
  }),
  payment: z.strictObject({
    holdBeforeShipment: z.boolean(),
    writeOff: z.record(currency, minor),
    writeOffWithoutLimit: z.array(name).max(1_000),
  }),
};
