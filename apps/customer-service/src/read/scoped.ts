// What every document here carries: whose it is, who sees it, and when it began; and the columns that lists read them by.
import type { Column, HappenedMeta, Scope } from "@gendan/eventing";
import type { About } from "../domain/shared.events.js";

/** A claim in the future: the fact is disputed and counted nowhere. */
export const claimIn = ({ claimedAt }: HappenedMeta): { claimedAt?: string } =>
  claimedAt === undefined ? {} : { claimedAt };

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
