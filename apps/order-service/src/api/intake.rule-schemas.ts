// The form of the rules about what comes in.
import { CUSTOM_FIELD_TYPES } from "@gendan/eventing";
import { z } from "zod";
import type { CompletenessRules } from "../domain/rules/completeness.rules.js";
import type { CustomFieldRules } from "../domain/rules/custom-fields.rules.js";
import type { OwnershipRules } from "../domain/rules/ownership.rules.js";
import { currency, hours, isSpan, minor, quantity } from "./rule-forms.js";

const MOST = 200;
const text = z.string().min(1).max(200);
const texts = z.array(text).min(1).max(MOST);
const days = z.int().min(0).max(3_650);

const POINT = "name|country|region|postcodePrefix|address|contactName|phone";
const LINE =
  "customerSku|revision|description|family|requestedOn|conversion|matrix|packaging|shippingMark|listPrice|unitCost|freight";
/** A field of an order, without the places in lists. */
const path = z
  .string()
  .max(200)
  .regex(
    new RegExp(
      `^(sourceReference|paymentTerms|incoterm(\\.place)?|deliveryPoint(\\.(${POINT}))?|(references|customFields)\\..+|lines\\.(${LINE}|customFields\\..+))$`,
      "u",
    ),
    "expected a field such as paymentTerms, deliveryPoint.address, references.erp, customFields.season, lines.customerSku",
  );

const completeness: z.ZodType<CompletenessRules> = z.strictObject({
  rules: z
    .array(
      z
        .strictObject({
          name: text,
          when: z
            .strictObject({
              customers: texts.exactOptional(),
              channels: z.array(z.enum(["portal", "sales", "api", "mail", "import"])).exactOptional(),
              countries: texts.exactOptional(),
              families: texts.exactOptional(),
              skus: texts.exactOptional(),
            })
            .exactOptional(),
          required: z.array(path).max(MOST).exactOptional(),
          earliestDays: days.exactOptional(),
          latestDays: days.exactOptional(),
          units: texts.exactOptional(),
          minimumQuantity: quantity.exactOptional(),
          price: z
            .strictObject({
              currency,
              least: minor.exactOptional(),
              most: minor.exactOptional(),
            })
            .refine(({ least, most }) => isSpan(least, most), { path: ["most"], error: "not below least" })
            .exactOptional(),
          verifyWithinHours: hours.exactOptional(),
        })
        .refine(({ earliestDays = 0, latestDays = Infinity }) => earliestDays <= latestDays, {
          path: ["latestDays"],
          error: "not below earliestDays",
        }),
    )
    .max(MOST),
});

const customFields: z.ZodType<CustomFieldRules> = z.strictObject({
  fields: z
    .array(
      z
        .strictObject({
          name: text,
          of: z.enum(["order", "line", "customer"]),
          type: z.enum(CUSTOM_FIELD_TYPES),
          required: z.boolean().exactOptional(),
          personal: z.boolean().exactOptional(),
          choices: texts.exactOptional(),
        })
        .refine(({ type, choices }) => (type === "choice") === (choices !== undefined), {
          path: ["choices"],
          error: "a choice names its choices, and nothing else does",
        })
        .refine(({ of, type, personal }) => !personal || (of === "customer" && type === "text"), {
          path: ["personal"],
          error: "only a customer's text is personal: it is sealed under the customer's key",
        }),
    )
    .max(MOST)
    .refine((fields) => new Set(fields.map(({ name, of }) => `${of} ${name}`)).size === fields.length, {
      error: "a field is defined once for orders, once for lines and once for customers",
    }),
  definedOnly: z.boolean().default(false),
});

const ownership: z.ZodType<OwnershipRules> = z.strictObject({
  systems: z
    .array(
      z.strictObject({
        system: text,
        accounts: z.array(text).max(MOST),
        fields: z
          .array(
            z
              .string()
              .regex(/^[A-Za-z]+(\..+)?$/, "expected a field such as lines.unitPrice")
              .max(200),
          )
          .max(MOST),
      }),
    )
    .max(50)
    .refine((systems) => new Set(systems.map(({ system }) => system)).size === systems.length, {
      error: "a system is named once",
    }),
});

export const intakeRuleSchemas = { completeness, customFields, ownership };
