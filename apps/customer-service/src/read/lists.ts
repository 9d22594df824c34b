// The lists that callers ask for: a filter and an order become a query of a declared path.
import {
  equals,
  fieldFilters,
  oneOf,
  withinDepartment,
  wordsToFind,
  type Filter,
  type ListQuery,
  type NamedValue,
} from "@gendan/eventing";
import type { CustomFieldDefinition } from "../domain/fields/fields.events.js";

/** A list without its page and without who asks. */
export type Listed = Omit<ListQuery, "tokens" | "after" | "limit">;

interface Scoped {
  readonly department?: string | undefined;
  readonly assignee?: string | undefined;
}

export interface CustomerFilter extends Scoped {
  readonly kinds?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly customFields?: readonly NamedValue[] | undefined;
  readonly text?: string | undefined;
}

export interface CaseFilter extends Scoped {
  readonly kinds?: readonly string[] | undefined;
  readonly states?: readonly string[] | undefined;
  readonly priorities?: readonly string[] | undefined;
  readonly subjects?: readonly string[] | undefined;
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
}

export interface IssueFilter extends Scoped {
  readonly states?: readonly string[] | undefined;
  readonly severities?: readonly string[] | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly customerId?: string | undefined;
}

export function customerList(
  { kinds, countries, customFields = [], text, ...scope }: CustomerFilter,
  order: { readonly by: "registeredAt" | "number"; readonly descending: boolean },
  definitions: readonly CustomFieldDefinition[] = [],
): Listed {
  const words = text === undefined ? [] : wordsToFind(text);
  return {
    collection: "customers",
    path: order.by === "number" ? "byNumber" : "byRegistered",
    where: [
      ...oneOf("kind", kinds),
      ...oneOf("country", countries),
      ...within(scope),
      ...fieldFilters(customFields, definitions),
      ...(words.length === 0 ? [] : [{ words }]),
    ],
    descending: order.descending,
  };
}

/** Of a customer and of an order there are paths of their own; an order has one customer, so its path is the shorter one. */
export function caseList(filter: CaseFilter, descending: boolean): Listed {
  const { kinds, states, priorities, subjects, customerId, orderId, ...scope } = filter;
  const where = [
    ...oneOf("kind", kinds),
    ...oneOf("state", states),
    ...oneOf("priority", priorities),
    ...oneOf("subject", subjects),
    ...within(scope),
  ];
  const list = { collection: "cases", where, descending };
  if (orderId !== undefined) {
    const ofCustomer = equals("customerId", customerId);
    return { ...list, path: "ofOrder", within: orderId, where: [...where, ...ofCustomer] };
  }
  return customerId === undefined ? { ...list, path: "byOpened" } : { ...list, path: "ofCustomer", within: customerId };
}

export function issueList(filter: IssueFilter, descending: boolean): Listed {
  const { states, severities, rules, owner, customerId, ...scope } = filter;
  const where = [
    ...oneOf("state", states),
    ...oneOf("severity", severities),
    ...oneOf("rule", rules),
    ...equals("owner", owner),
    ...within(scope),
  ];
  const list = { collection: "issues", where, descending };
  return customerId === undefined ? { ...list, path: "byOpened" } : { ...list, path: "ofCustomer", within: customerId };
}

/** Everything of one customer's, the latest first. */
export const ofCustomer = (collection: string, customerId: string): Listed => ({
  collection,
  path: "ofCustomer",
  within: customerId,
  descending: true,
});

const within = ({ department, assignee }: Scoped): Filter[] => [
  ...equals("assignee", assignee),
  ...withinDepartment(department),
];
