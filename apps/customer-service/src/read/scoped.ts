// What every document here carries: whose it is, who sees it, and when it began; and the columns that lists read them by.
import type { Column, HappenedMeta } from "@gendan/eventing";
import type { About, Scope } from "../domain/shared.events.js";

/** A claim in the future: the fact is disputed and counted nowhere. */
export const claimIn = ({ claimedAt }: HappenedMeta): { claimedAt?: string } =>
  claimedAt === undefined ? {} : { claimedAt };

/** Who owns it and who sees it from now on. */
export const scopeOf = ({ department, assignee, visibleTo }: Scope): Scope => ({ department, assignee, visibleTo });

/** A text column. */
export const text = <Doc>(of: (doc: Doc) => string | undefined): Column<Doc> => ({ type: "text", of });

/** The columns and filters that every scoped list has. */
export const scopeColumns = {
  department: text(({ department }: Scope) => department),
  assignee: text(({ assignee }: Scope) => assignee),
};

/** The keys by which what is about an order, a shipment or a case is found. */
export const aboutKeys = {
  order: ({ orderId }: About) => present(orderId),
  shipment: ({ shipmentId }: About) => present(shipmentId),
  case: ({ caseId }: About) => present(caseId),
};

const present = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
