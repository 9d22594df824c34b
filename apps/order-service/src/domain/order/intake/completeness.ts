// The completeness rules of an installation over an order that is one: every breach, at its line and field.
import { addDays, isMinor, millionths } from "@gendan/eventing";
import type { CompletenessRule, CompletenessRules } from "../../rules/completeness.rules.js";
import type { CustomField, DeliveryPoint, OrderLine, Reference } from "../content.events.js";
import type { Checks } from "../faults.js";

/** What the rules look at. Lines are as they would be kept, complete or not. */
export interface ToComplete {
  readonly customerId?: string;
  readonly channel?: string;
  readonly currency: string;
  /** The day on which it came in; absent where the order has no zone that makes one. */
  readonly receivedOn?: string | undefined;
  readonly deliveryPoint?: DeliveryPoint | undefined;
  readonly references: readonly Reference[];
  readonly customFields: readonly CustomField[];
  readonly lines: readonly OrderLine[];
}

interface Concerned {
  readonly rule: CompletenessRule;
  readonly lines: readonly { readonly line: OrderLine; readonly index: number }[];
}

const hasOne = (values: readonly string[] | undefined, value: string | undefined): boolean =>
  values === undefined || (value !== undefined && values.includes(value));

/** The rules that apply to the order, each with the lines that it is about. */
function concerned(order: ToComplete, { rules }: CompletenessRules): Concerned[] {
  return rules.flatMap((rule) => {
    const { customers, channels, countries, families, skus } = rule.when ?? {};
    const ofOrder =
      hasOne(customers, order.customerId) &&
      hasOne(channels, order.channel) &&
      hasOne(countries, order.deliveryPoint?.country);
    if (!ofOrder) return [];
    const lines = order.lines
      .map((line, index) => ({ line, index }))
      .filter(({ line }) => hasOne(families, line.family) && hasOne(skus, line.sku));
    return lines.length === 0 && (families ?? skus) !== undefined ? [] : [{ rule, lines }];
  });
}

/** Adds to the faults. A breach of several rules is told once. */
export function checkCompleteness(order: ToComplete, rules: CompletenessRules, checks: Checks): void {
  const told = new Set<string>();
  const once: Checks["add"] = (code, field, value) => {
    if (told.has(`${code} ${field}`)) return;
    told.add(`${code} ${field}`);
    checks.add(code, field, value);
  };
  for (const { rule, lines } of concerned(order, rules)) {
    for (const path of rule.required ?? []) {
      if (!path.startsWith("lines.")) {
        if (isMissing(order, path)) once("FIELD_REQUIRED", path, rule.name);
        continue;
      }
      const ofLine = path.slice("lines.".length);
      for (const { line, index } of lines) {
        const missing = ofLine === "requestedOn" ? !line.schedules.every(isDated) : isMissing(line, ofLine);
        if (missing) once("FIELD_REQUIRED", `lines.${index}.${ofLine}`, rule.name);
      }
    }
    for (const { line, index } of lines) checkLine(order, rule, line, `lines.${index}`, once);
  }
}

const isDated = ({ requestedOn }: { readonly requestedOn?: string }): boolean => requestedOn !== undefined;

function checkLine(
  { currency, receivedOn }: ToComplete,
  { units, minimumQuantity, price, earliestDays, latestDays }: CompletenessRule,
  line: OrderLine,
  path: string,
  add: Checks["add"],
): void {
  if (units && !units.includes(line.unit)) add("UNIT_NOT_ALLOWED", `${path}.unit`, line.unit);
  if (minimumQuantity !== undefined && millionths(line.quantity) < millionths(minimumQuantity)) {
    add("QUANTITY_BELOW_MINIMUM", `${path}.quantity`, `${line.quantity} < ${minimumQuantity}`);
  }
  if (price?.currency === currency && isMinor(line.unitPrice.minor)) {
    const { least = line.unitPrice.minor, most = line.unitPrice.minor } = price;
    const minor = BigInt(line.unitPrice.minor);
    // The band itself is not for everybody who may enter an order.
    if (minor < BigInt(least) || minor > BigInt(most)) add("PRICE_OUT_OF_BAND", `${path}.unitPrice`, `${minor}`);
  }
  if (receivedOn === undefined) return;
  for (const [index, { requestedOn }] of line.schedules.entries()) {
    const field = line.schedules.length === 1 ? `${path}.requestedOn` : `${path}.schedules.${index}.requestedOn`;
    if (requestedOn === undefined) continue;
    if (earliestDays !== undefined && requestedOn < addDays(receivedOn, earliestDays)) {
      add("DATE_TOO_EARLY", field, `${requestedOn} < ${addDays(receivedOn, earliestDays)}`);
    }
    if (latestDays !== undefined && requestedOn > addDays(receivedOn, latestDays)) {
      add("DATE_TOO_LATE", field, `${requestedOn} > ${addDays(receivedOn, latestDays)}`);
    }
  }
}

/** Nothing stands at the path: in a list of named values (custom fields, references) names are its members. */
function isMissing(of: object, path: string): boolean {
  const value = path.split(".").reduce<unknown>((at, name, index, names) => {
    if (Array.isArray(at)) return namedIn(at, names.slice(index).join("."));
    return typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : at;
  }, of);
  if (typeof value === "string") return value.trim() === "";
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

const namedIn = (list: readonly unknown[], name: string): unknown =>
  (list as readonly Readonly<Record<string, unknown>>[])
    .filter((each) => each["name"] === name || each["system"] === name)
    .map((each) => each["value"] ?? each["number"])[0];

/** Until when the order is to be verified, in hours from when it came in: the shortest of the rules that apply. */
export function verifyWithinHours(order: ToComplete, rules: CompletenessRules): number | undefined {
  const hours = concerned(order, rules).flatMap(({ rule }) => rule.verifyWithinHours ?? []);
  return hours.length === 0 ? undefined : Math.min(...hours);
}
