// What a new thing must know of what it is about, read from streams and never from documents: whose it is, and that it exists.
import { scopeOf, visibleTo, type Scope } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import type { CaseOpened } from "../domain/case/case.events.js";
import type { OrderNoted } from "../domain/order/order.events.js";
import type { Writers } from "./writers.js";

/** Why not, when the reason lies in what the command names. Codes are API: they are added, never renamed. */
export type LookUpRefusal =
  | { readonly code: "CUSTOMER_NOT_FOUND"; readonly field: "customerId"; readonly customerId: string }
  | { readonly code: "ORDER_UNKNOWN"; readonly field: "orderId"; readonly orderId: string }
  | { readonly code: "CASE_NOT_FOUND"; readonly field: "caseId"; readonly caseId: string }
  | { readonly code: "ORDER_OF_ANOTHER_CUSTOMER"; readonly field: "orderId"; readonly orderId: string }
  | { readonly code: "CASE_OF_ANOTHER_CUSTOMER"; readonly field: "caseId"; readonly caseId: string }
  | {
      readonly code: "CASE_STATE";
      readonly field: "caseId";
      readonly state: "closed";
      readonly allowed: readonly string[];
    };

export interface Names {
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly caseId?: string | undefined;
}

/** Whose it is, and where its days are counted. */
export interface Found {
  readonly scope: Scope;
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly zone: string;
}

const NO_ZONE = "UTC";

/**
 * Something about a customer's order, about a case, or about the customer alone. It takes its order's scope, else its case's,
 * else its customer's. What the caller does not see is not there.
 */
export async function lookUp(
  writers: Writers,
  names: Names & { readonly customerId: string },
  tokens: readonly string[],
): Promise<Found | LookUpRefusal> {
  const { customerId } = names;
  const { order, opened, refusal } = await named(writers, names, tokens);
  if (refusal) return refusal;
  if (order && order.customerId !== customerId) {
    return { code: "ORDER_OF_ANOTHER_CUSTOMER", field: "orderId", orderId: names.orderId! };
  }
  if (opened && opened.customerId !== customerId) {
    return { code: "CASE_OF_ANOTHER_CUSTOMER", field: "caseId", caseId: names.caseId! };
  }
  // Who sees the order or the case may write about it, whoever owns the customer.
  const customer = (await writers.customers.load(customerId, (order ?? opened) ? undefined : tokens))?.state.registered;
  if (!customer) return { code: "CUSTOMER_NOT_FOUND", field: "customerId", customerId };
  const scope = scopeOf(order ?? opened ?? customer);
  return { scope, customerId, orderId: names.orderId ?? opened?.about.orderId, zone: order?.zone ?? NO_ZONE };
}

/** An issue is about an order or about a case that is open, with that one's order; else it is the caller's own. */
export async function lookUpForIssue(
  writers: Writers,
  names: Pick<Names, "orderId" | "caseId">,
  caller: Caller,
): Promise<Found | LookUpRefusal> {
  const { order: given, opened, closed, refusal } = await named(writers, names, caller.tokens);
  if (refusal) return refusal;
  if (closed) return { code: "CASE_STATE", field: "caseId", state: "closed", allowed: ["open", "answered"] };
  const orderId = names.orderId ?? opened?.about.orderId;
  const order = given ?? (orderId === undefined ? undefined : (await writers.orders.load(orderId))?.state.noted);
  if (given && opened && given.customerId !== opened.customerId) {
    return { code: "ORDER_OF_ANOTHER_CUSTOMER", field: "orderId", orderId: names.orderId! };
  }
  const owner = given ?? opened;
  return {
    scope: owner ? scopeOf(owner) : scopeOfCaller(caller),
    customerId: (order ?? opened)?.customerId,
    orderId,
    zone: order?.zone ?? NO_ZONE,
  };
}

interface Named {
  readonly order?: OrderNoted | undefined;
  readonly opened?: CaseOpened | undefined;
  readonly closed?: boolean;
  readonly refusal?: LookUpRefusal;
}

async function named(
  { orders, cases }: Writers,
  { orderId, caseId }: Names,
  tokens: readonly string[],
): Promise<Named> {
  const order = orderId === undefined ? undefined : (await orders.load(orderId, tokens))?.state.noted;
  if (orderId !== undefined && !order) return { refusal: { code: "ORDER_UNKNOWN", field: "orderId", orderId } };
  const known = caseId === undefined ? undefined : (await cases.load(caseId, tokens))?.state;
  const opened = known?.opened;
  if (caseId !== undefined && !opened) return { refusal: { code: "CASE_NOT_FOUND", field: "caseId", caseId } };
  return { order, opened, closed: known?.state === "closed" };
}

/** What nobody else owns is its finder's, in their first department. */
export function scopeOfCaller({ user, roles, departments }: Caller): Scope {
  const [department = ""] = departments;
  const assignee = roles.every((role) => role === "importer") ? undefined : user;
  return { department, assignee, visibleTo: visibleTo({ department, persons: [assignee] }) };
}
