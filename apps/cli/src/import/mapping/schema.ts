// The form of a mapping: which columns of which files make what is imported. docs/mappings.md tells it to its writers.
import { isZone } from "@gendan/eventing";
import { z } from "zod";
import { isEncoding } from "../source/read-table.js";
import { condition, dateFormats, decimal, group, value, word } from "./value-schema.js";

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, "expected a name of 1 to 40 letters, digits, - and _, a letter first");
const columns = z.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(z.string()).min(1));
/** Columns of the joined file, each with the column that it equals. */
const on = z
  .record(z.string(), z.string())
  .refine((given) => Object.keys(given).length > 0, "names at least one column");
const joins = z.record(name, z.strictObject({ file: name, on }));
const zone = z.string().refine(isZone, "expected a time zone such as Asia/Shanghai");
const currency = z.string().regex(/^[A-Z]{3}$/, "expected a currency's ISO 4217 code such as CNY");

const file = z.strictObject({
  file: z.string().min(1),
  encoding: z
    .string()
    .refine(isEncoding, "expected an encoding such as utf-8, iso-8859-1, windows-1252, gb18030")
    .default("utf-8"),
  delimiter: z.string().length(1).default(","),
  quote: z.string().max(1).default('"'),
});

/** Rows that belong to an order: of another file, joined by columns, or else the order's own. */
const rows = { from: name.optional(), on: on.optional(), joins: joins.default({}), when: condition.default({}) };

const customer = z.strictObject({
  key: value,
  system: z.string().min(1).optional(),
  kind: z.enum(["person", "organisation"]),
  name: value.optional(),
  country: value.optional(),
  region: value.optional(),
  postcodePrefix: value.optional(),
  address: value.optional(),
  phone: value.optional(),
  mail: value.optional(),
  language: value.optional(),
  terms: value.optional(),
  customFields: z.record(z.string().min(1), value).default({}),
});

const order = z.strictObject({
  from: name,
  key: columns,
  joins: joins.default({}),
  when: condition.default({}),
  receivedAt: value,
  requestedOn: value.optional(),
  currency: value.optional(),
  assignee: value.optional(),
  paymentTerms: value.optional(),
  deliveryPoint: z
    .strictObject({
      name: value.optional(),
      country: value.optional(),
      region: value.optional(),
      postcodePrefix: value.optional(),
      address: value.optional(),
      contactName: value.optional(),
      phone: value.optional(),
    })
    .optional(),
  references: z.record(z.string().min(1), value).default({}),
  customFields: z.record(z.string().min(1), value).default({}),
});

const lines = z.strictObject({
  ...rows,
  lineId: value.optional(),
  sku: value,
  kind: value.optional(),
  customerSku: value.optional(),
  revision: value.optional(),
  description: value.optional(),
  family: value.optional(),
  unit: value.optional(),
  packaging: value.optional(),
  shippingMark: value.optional(),
  quantity: value,
  unitPrice: value,
  freight: value.optional(),
  listPrice: value.optional(),
  unitCost: value.optional(),
  requestedOn: value.optional(),
  customFields: z.record(z.string().min(1), value).default({}),
});

const verified = z.strictObject({ at: value, when: condition.default({}), ruleSet: z.string().default("import@1") });
const confirmed = z.strictObject({ at: value, when: condition.default({}) });

const hold = z.strictObject({
  when: condition.default({}),
  at: value,
  hold: z.enum(["credit", "quality", "stock", "customer", "compliance"]),
  note: value.optional(),
});

const receipts = z.strictObject({
  ...rows,
  key: columns,
  at: value,
  amount: value,
  currency: value.optional(),
  method: value,
  reference: value.optional(),
});

const shipments = z.strictObject({
  ...rows,
  groupBy: columns.optional(),
  lineId: value.optional(),
  quantity: value.optional(),
  plannedAt: value.optional(),
  bookedAt: value.optional(),
  dispatchedAt: value.optional(),
  deliveredAt: value.optional(),
  mode: z.enum(["parcel", "road", "sea", "air", "pickup", "direct"]).default("parcel"),
  carrier: value,
  service: value.optional(),
  shipFrom: value.optional(),
  trackingNumber: value.optional(),
});

const cancelled = z.strictObject({
  when: condition.default({}),
  at: value,
  reason: value,
  by: z.enum(["customer", "us"]).default("us"),
  note: value.optional(),
});

const satisfaction = z.strictObject({ ...rows, key: columns, at: value, score: value, comment: value.optional() });

const kase = z.strictObject({
  ...rows,
  key: columns,
  at: value,
  kind: z.enum(["inquiry", "complaint"]),
  subject: value,
  text: value.optional(),
  priority: value.optional(),
});

export const mappingSchema = z.strictObject({
  mapping: z.literal(1, { error: "expected 1, the version of this form" }),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected 1 to 40 small letters, digits and -"),
  description: z.string().optional(),
  zone,
  currency,
  department: z.string().default(""),
  dates: dateFormats,
  numbers: z.strictObject({ decimal: decimal.default("."), group: group.default("") }).prefault({}),
  nothing: z.array(word).default([]),
  files: z.record(name, file),
  customer,
  order,
  lines,
  receipts: receipts.optional(),
  verified: verified.optional(),
  confirmed: confirmed.optional(),
  holds: z.array(hold).default([]),
  shipments: shipments.optional(),
  cancelled: cancelled.optional(),
  satisfaction: satisfaction.optional(),
  cases: z.array(kase).default([]),
});

export type Mapping = z.output<typeof mappingSchema>;
export type RowsSpec = Pick<z.output<typeof lines>, "from" | "on" | "joins" | "when">;
export type Joins = z.output<typeof joins>;
