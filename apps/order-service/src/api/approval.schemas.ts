// The form of the rules of approvals, and of the conditions that rules of several kinds are asked under.
import { z } from "zod";
import { amount, currency, hours, isSpan, minor, name, names, priceShare } from "./rule-forms.js";

const MAX_LEVELS = 20;
const MAX_PARTIES = 20;
const MAX_CONDITIONS = 50;

const condition = z.strictObject({
  amountFrom: amount.exactOptional(),
  discountOver: priceShare.exactOptional(),
  marginUnder: priceShare.exactOptional(),
  customers: names.exactOptional(),
  families: names.exactOptional(),
  skus: names.exactOptional(),
  newItem: z.literal(true).exactOptional(),
});
const conditions = z.array(condition).max(MAX_CONDITIONS);

const party = z
  .strictObject({
    person: name.exactOptional(),
    role: name.exactOptional(),
    department: z.string().max(200).exactOptional(),
  })
  .refine((given) => Object.keys(given).length === 1, "one of person, role and department");
const parties = z.array(party).min(1).max(MAX_PARTIES);

const SUBJECT = /^(order|amendment|creditOverride|holdRelease(:[a-z]{1,50})?)$/;

const level = z.strictObject({
  level: name,
  subjects: z
    .array(z.string().regex(SUBJECT, "order, amendment, creditOverride, holdRelease or holdRelease:<type>"))
    .min(1)
    .max(MAX_LEVELS),
  when: conditions.exactOptional(),
  of: parties,
  need: z.enum(["any", "all"]),
  hours: hours.exactOptional(),
  escalateTo: parties.exactOptional(),
});
const namedOnce = ({ levels }: { readonly levels: readonly { readonly level: string }[] }): boolean =>
  new Set(levels.map((each) => each.level)).size === levels.length;

export const approvalSchema = z
  .strictObject({ levels: z.array(level).max(MAX_LEVELS) })
  .refine(namedOnce, "levels have names of their own");

export const reviewSchema = z.strictObject({
  departments: z
    .array(
      z.strictObject({
        department: name,
        when: conditions.exactOptional(),
        hours: hours.exactOptional(),
      }),
    )
    .max(MAX_PARTIES),
  countersigned: conditions,
});

export const authoritySchema = z.strictObject({
  roles: z
    .array(
      z.strictObject({
        role: name,
        discountUpTo: priceShare.exactOptional(),
        marginFrom: priceShare.exactOptional(),
        bands: z
          .array(
            z
              .strictObject({
                sku: name.exactOptional(),
                family: name.exactOptional(),
                currency,
                from: minor.exactOptional(),
                to: minor.exactOptional(),
              })
              .refine(({ from, to }) => isSpan(from, to), { path: ["to"], error: "not below from" }),
          )
          .max(1_000)
          .exactOptional(),
      }),
    )
    .max(MAX_PARTIES),
  beyond: z.enum(["refuse", "hold", "approve"]),
});

export const creditSchema = z.strictObject({
  over: z.enum(["allow", "refuse", "hold", "approve"]),
  withoutLimit: z.enum(["allow", "over"]).default("allow"),
  release: z.boolean().default(true),
  convert: z.boolean().exactOptional(),
});
