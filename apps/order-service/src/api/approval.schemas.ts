// The form of the rules of approvals, and of the conditions that rules of several kinds are asked under.
import { z } from "zod";

const MAX_LEVELS = 20;
const MAX_PARTIES = 20;
const MAX_CONDITIONS = 50;

export const name = z.string().trim().min(1).max(100);
export const names = z.array(name).min(1).max(1_000);
export const percent = z.string().regex(/^-?\d{1,6}(\.\d{1,6})?$/, "a percentage such as 12.5");
export const amount = z.strictObject({
  minor: z.string().regex(/^\d{1,15}$/, "minor units"),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code"),
});

const condition = z.strictObject({
  amountFrom: amount.exactOptional(),
  discountOver: percent.exactOptional(),
  marginUnder: percent.exactOptional(),
  customers: names.exactOptional(),
  families: names.exactOptional(),
  skus: names.exactOptional(),
});
export const conditions = z.array(condition).max(MAX_CONDITIONS);

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
    .min(1),
  when: conditions.exactOptional(),
  of: parties,
  need: z.enum(["any", "all"]),
  hours: z.int().min(1).max(8_784).exactOptional(),
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
        hours: z.int().min(1).max(8_784).exactOptional(),
      }),
    )
    .max(MAX_PARTIES),
  countersigned: conditions,
});

const minor = z.string().regex(/^\d{1,15}$/, "minor units");

export const authoritySchema = z.strictObject({
  roles: z
    .array(
      z.strictObject({
        role: name,
        discountUpTo: percent.exactOptional(),
        marginFrom: percent.exactOptional(),
        bands: z
          .array(
            z.strictObject({
              sku: name.exactOptional(),
              family: name.exactOptional(),
              currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code"),
              from: minor.exactOptional(),
              to: minor.exactOptional(),
            }),
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
});
