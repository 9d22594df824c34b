// An order as somebody gives it, and the rules for its being complete. They name every fault at once.
import { isMinor, isQuantity, isZone, millionths, money, quantity, type Money } from "@gendan/eventing";
import { incotermRule } from "./dates/incoterms.js";
import { checkCompleteness } from "./intake/completeness.js";
import { completeFields } from "./intake/custom-fields.js";
import type { IntakeRules } from "./intake/intake-rules.js";
import { takenReferences } from "./intake/taken-references.js";
import { lateFrom } from "./dimensions.js";
import { completeDetails } from "./intake/line-details.js";
import type { LineDetails } from "./intake/line-details.events.js";
import type { CustomFieldRules } from "../rules/custom-fields.rules.js";
import { defined, isAmount, isDay, isPositive } from "../values.js";
import { checksInto, type Checks } from "./faults.js";
import type {
  Channel,
  CustomField,
  DeliveryPoint,
  Incoterm,
  LineKind,
  OrderLine,
  QuotedLine,
  Reference,
  Schedule,
} from "./content.events.js";
import type { Incomplete } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

/** What may be wrong is optional here, so that what is missing is told beside everything else that is. */
export interface GivenContent {
  readonly lines: readonly GivenLine[];
  readonly incoterm?: Incoterm;
  readonly paymentTerms?: string;
  readonly deliveryPoint?: DeliveryPoint;
  readonly references?: readonly Reference[];
  readonly customFields?: readonly CustomField[];
}

export interface GivenLine extends LineDetails {
  /** Absent: its place, counted from 1. */
  readonly lineId?: string;
  readonly kind?: LineKind;
  readonly sku?: string;
  readonly customerSku?: string;
  readonly revision?: string;
  readonly description?: string;
  readonly family?: string;
  readonly unit?: string;
  /** Absent: the sum of its schedules. */
  readonly quantity?: string;
  readonly unitPrice?: Money;
  readonly freight?: Money;
  readonly overTolerance?: string;
  readonly underTolerance?: string;
  /** Of the schedules that name no day of their own. */
  readonly requestedOn?: string;
  readonly schedules?: readonly GivenSchedule[];
  readonly quoted?: QuotedLine;
}

export interface GivenSchedule {
  readonly scheduleId?: string;
  readonly quantity?: string;
  readonly requestedOn?: string;
}

/** Whose order it is, and when it came in: what the rules for its being complete depend on. */
export interface GivenFor {
  readonly customerId?: string;
  readonly channel?: Channel;
  readonly sourceReference?: string;
  readonly currency: string;
  readonly zone: string;
  readonly receivedOn?: string;
  /** Numbers in other systems that other orders have already. */
  readonly heldByOthers?: readonly Reference[];
}

/** What the order was given as, beyond what it consists of. */
export const givenFor = ({
  customerId,
  channel,
  sourceReference,
  currency,
  zone,
  receivedOn,
}: OrderState): GivenFor => ({
  customerId,
  ...defined({ channel, sourceReference }),
  currency,
  zone,
  receivedOn,
});

export interface CompleteContent {
  readonly lines: readonly OrderLine[];
  readonly customFields: readonly CustomField[];
  readonly amount: Money;
  readonly freight: Money;
}

const DEFAULT_UNIT = "pcs";
const MAX_LINES = 1_000;
const MAX_SCHEDULES = 100;
const MAX_EXTRAS = 50;
const LONG = 2_000;

/** The content with its defaults and sums, or everything that is wrong with it. */
export function completeContent(
  ...given: Parameters<typeof checkedContent>
): CompleteContent | { readonly faults: readonly Incomplete[] } {
  const { content, faults } = checkedContent(...given);
  return faults.length > 0 ? { faults } : content;
}

/** The content as it would be kept, and everything that is wrong with it. */
export function checkedContent(
  given: GivenContent,
  about: GivenFor,
  rules: IntakeRules = {},
): { readonly content: CompleteContent; readonly faults: readonly Incomplete[] } {
  const faults: Incomplete[] = [];
  const checks = checksInto(faults);
  const { currency } = about;
  const fields = rules.customFields?.rules;
  checkExtras(given, checks);
  faults.push(...takenReferences(given.references, about.heldByOthers));
  const customFields = completeFields(given.customFields ?? [], "order", "customFields", fields, checks);
  const lines = given.lines.map((line, index) => completeLine(line, index, about, fields, checks));
  if (lines.length === 0) checks.add("LINES_MISSING", "lines");
  checks.atMost(MAX_LINES, "lines", lines);
  checks.unique(
    "DUPLICATE_LINE",
    (index) => `lines.${index}.lineId`,
    lines.map(({ lineId }) => lineId),
  );
  const amount = sum(lines.map((line) => line.amount));
  const freight = sum(lines.map((line) => line.freight));
  if (!isMinor((amount + freight).toString())) checks.add("AMOUNT_TOO_LARGE", "lines", (amount + freight).toString());
  if (rules.completeness) {
    checkCompleteness(
      { ...about, ...given, references: given.references ?? [], customFields, lines },
      rules.completeness.rules,
      checks,
    );
  }
  const content = { lines, customFields, amount: money(amount, currency), freight: money(freight, currency) };
  return { content, faults };
}

/** What is no amount has been found by the checks, and adds nothing. */
const sum = (amounts: readonly (Money | undefined)[]): bigint =>
  amounts.reduce((total, amount) => total + (amount && isAmount(amount.minor) ? BigInt(amount.minor) : 0n), 0n);

function checkExtras({ incoterm, paymentTerms, deliveryPoint, references }: GivenContent, checks: Checks) {
  if (incoterm && !incotermRule(incoterm.code)) checks.add("INCOTERM_UNKNOWN", "incoterm.code", incoterm.code);
  checks.text("incoterm.place", incoterm?.place);
  checks.text("paymentTerms", paymentTerms);
  for (const name of ["name", "country", "region", "postcodePrefix"] as const) {
    checks.text(`deliveryPoint.${name}`, deliveryPoint?.[name]);
  }
  for (const [index, { system, number }] of (references ?? []).entries()) {
    checks.needed(`references.${index}.system`, system);
    checks.needed(`references.${index}.number`, number);
  }
  checks.unique(
    "DUPLICATE_REFERENCE",
    (index) => `references.${index}.system`,
    references?.map(({ system }) => system) ?? [],
  );
  checks.atMost(MAX_EXTRAS, "references", references ?? []);
}

function completeLine(
  given: GivenLine,
  index: number,
  { currency, zone }: GivenFor,
  fields: CustomFieldRules | undefined,
  checks: Checks,
): OrderLine {
  const path = `lines.${index}`;
  const { lineId = `${index + 1}`, kind = "goods", sku = "", unit = DEFAULT_UNIT, unitPrice, freight } = given;
  const { overTolerance = "0", underTolerance = "0" } = given;
  checks.needed(`${path}.lineId`, lineId);
  checks.needed(`${path}.sku`, sku);
  checks.needed(`${path}.unit`, unit);
  for (const name of ["customerSku", "revision", "family"] as const) checks.text(`${path}.${name}`, given[name]);
  checks.text(`${path}.description`, given.description, LONG);
  checks.tolerance(`${path}.overTolerance`, overTolerance);
  checks.tolerance(`${path}.underTolerance`, underTolerance);
  const schedules = completeSchedules(given, path, zone, checks);
  const total = lineQuantity(given, schedules, path, checks);
  checks.price(`${path}.unitPrice`, unitPrice, currency);
  if (freight) checks.price(`${path}.freight`, freight, currency);
  const { customerSku, revision, description, family, quoted } = given;
  return {
    lineId,
    kind,
    sku,
    ...defined({ customerSku, revision, description, family, freight }),
    unit,
    quantity: total,
    unitPrice: unitPrice ?? money(0, currency),
    amount: money(lineAmount(total, unitPrice, `${path}.unitPrice`, checks), currency),
    overTolerance,
    underTolerance,
    ...completeDetails(given, total, path, currency, fields, checks),
    schedules,
    ...defined({ quoted }),
  };
}

function completeSchedules(line: GivenLine, path: string, zone: string, checks: Checks): Schedule[] {
  const { schedules, quantity: whole, requestedOn } = line;
  // The one schedule of a line without schedules is the line: its faults are told at the line's own fields.
  const own: readonly GivenSchedule[] = schedules?.length ? schedules : [defined({ quantity: whole })];
  const pathOf = (index: number) => (schedules?.length ? `${path}.schedules.${index}` : path);
  checks.atMost(MAX_SCHEDULES, `${path}.schedules`, own);
  const complete = own.map(({ scheduleId = "", quantity: part = "", requestedOn: day = requestedOn }, index) => {
    checks.positive(`${pathOf(index)}.quantity`, part);
    checks.text(`${pathOf(index)}.scheduleId`, scheduleId);
    const id = scheduleId === "" ? `${index + 1}` : scheduleId;
    const schedule = { scheduleId: id, quantity: isPositive(part) ? quantity(millionths(part)) : "0" };
    if (day === undefined) return schedule;
    checks.day(`${pathOf(index)}.requestedOn`, day);
    return isDay(day) && isZone(zone) ? { ...schedule, requestedOn: day, lateFrom: lateFrom(zone, day) } : schedule;
  });
  checks.unique(
    "DUPLICATE_SCHEDULE",
    (index) => `${path}.schedules.${index}.scheduleId`,
    complete.map(({ scheduleId }) => scheduleId),
  );
  return complete;
}

function lineQuantity(line: GivenLine, schedules: readonly Schedule[], path: string, checks: Checks): string {
  const total = quantity(schedules.reduce((all, schedule) => all + millionths(schedule.quantity), 0n));
  if (!isQuantity(total)) checks.add("AMOUNT_TOO_LARGE", `${path}.quantity`, total);
  const { quantity: whole } = line;
  if (!line.schedules?.length || whole === undefined) return total;
  if (!isPositive(whole)) checks.add("QUANTITY_NOT_POSITIVE", `${path}.quantity`, whole);
  else if (quantity(millionths(whole)) !== total)
    checks.add("SCHEDULE_QUANTITIES_DIFFER", `${path}.quantity`, `${whole} ≠ ${total}`);
  return total;
}

const ONE = 1_000_000n;

/** Exact to the millionth, then rounded half up. */
function lineAmount(total: string, price: Money | undefined, field: string, checks: Checks): bigint {
  if (!price || !isAmount(price.minor) || !isQuantity(total)) return 0n;
  const amount = (millionths(total) * BigInt(price.minor) + ONE / 2n) / ONE;
  if (!isMinor(amount.toString())) checks.add("AMOUNT_TOO_LARGE", field, amount.toString());
  return amount;
}
