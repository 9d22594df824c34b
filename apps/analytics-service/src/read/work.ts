// The projection "work": what is open of orders, shipments, cases and issues, and whose it is; and what persons are notified of.
import {
  departmentToken,
  personBehind,
  personToken,
  type CollectionSpec,
  type Entry,
  type Happened,
  type Projection,
} from "@gendan/eventing";
import type { Party, PublicEvent } from "@gendan/contracts";

export const WORK = "work";
export const NOTIFICATIONS = "notifications";

export type WorkKind = "order" | "shipment" | "case" | "issue";

/** One order, shipment, case or issue, for those whom it is assigned to or shared with. */
export interface Work {
  readonly of: WorkKind;
  /** When it began. */
  readonly since: string;
  readonly visibleTo: readonly string[];
  readonly open: boolean;
  /** Who had it and has it no more: the person's token, and with which sequence it left their work. */
  readonly left: Readonly<Record<string, number>>;
}

/** What somebody is told of. Codes are API: they are added, never renamed. */
export type NotificationKind =
  | "orderAssigned"
  | "orderHeld"
  | "reviewAsked"
  | "reviewLate"
  | "approvalWaits"
  | "orderRejected"
  | "promiseChanged"
  | "orderDelivered"
  | "shipmentException"
  | "issueAssigned"
  | "actionAssigned";

export interface Notification {
  readonly kind: NotificationKind;
  /** When it happened. */
  readonly at: string;
  /** What it is about: seen by who sees that. */
  readonly of: WorkKind;
  readonly about: string;
  /** The tokens of whom it is for: persons, or departments as a whole. */
  readonly persons: readonly string[];
}

const PERSON = personToken("");
const personTokens = (tokens: readonly string[]): string[] => tokens.filter((token) => token.startsWith(PERSON));

/** Those whose work it is now. */
export const holdersOf = ({ open, visibleTo }: Work): string[] => (open ? personTokens(visibleTo) : []);

/** Persons who are remembered to have had it. */
const MOST_LEFT = 50;

export function foldWork(
  work: Work | undefined,
  event: PublicEvent,
  happened: Happened<PublicEvent>,
): Work | undefined {
  const { meta, sequence } = happened;
  const of = openedBy(event);
  const seen = "visibleTo" in event ? event.visibleTo : undefined;
  if (of && seen) return { of, since: meta.occurredAt, visibleTo: seen, open: true, left: {} };
  if (!work) return undefined;
  const after = { ...work, visibleTo: seen ?? work.visibleTo, open: work.open && !closes(event) };
  const holders = holdersOf(after);
  const gone = holdersOf(work).filter((person) => !holders.includes(person));
  const left = Object.entries(work.left).filter(([person]) => !holders.includes(person) && !gone.includes(person));
  const all = [...left, ...gone.map((person) => [person, sequence] as const)];
  return { ...after, left: Object.fromEntries(all.slice(-MOST_LEFT)) };
}

function openedBy({ type }: PublicEvent): WorkKind | undefined {
  switch (type) {
    case "order.received":
      return "order";
    case "shipment.planned":
      return "shipment";
    case "case.opened":
      return "case";
    case "issue.opened":
      return "issue";
    default:
      return undefined;
  }
}

function closes(event: PublicEvent): boolean {
  switch (event.type) {
    case "order.closed":
    case "order.cancelled":
    case "case.closed":
    case "issue.closed":
      return true;
    case "shipment.delivered":
      return event.complete;
    default:
      return false;
  }
}

/** What an event notifies of, and whom: nobody of what they did themselves, and nobody of history. */
export function notificationsOf(
  work: Work,
  { id, aggregateId, event, meta }: Happened<PublicEvent>,
): readonly Entry<Notification>[] {
  const told = toldBy(work, event);
  if (!told || meta.historical || meta.claimedAt !== undefined) return [];
  const doer = personBehind(meta.actor);
  const persons = told.persons.filter((person) => doer === undefined || person !== personToken(doer));
  if (persons.length === 0) return [];
  return [{ id, doc: { kind: told.kind, at: meta.occurredAt, of: work.of, about: aggregateId, persons } }];
}

function toldBy(
  work: Work,
  event: PublicEvent,
): { readonly kind: NotificationKind; readonly persons: readonly string[] } | undefined {
  const all = personTokens(work.visibleTo);
  switch (event.type) {
    case "order.received":
      return event.assignee === undefined
        ? undefined
        : { kind: "orderAssigned", persons: [personToken(event.assignee)] };
    case "order.scope.changed": {
      const isAssigned = event.change === "assigned" && event.assignee !== undefined;
      return isAssigned ? { kind: "orderAssigned", persons: [personToken(event.assignee!)] } : undefined;
    }
    case "order.review.opened":
      return { kind: "reviewAsked", persons: event.departments.map(departmentToken) };
    case "order.review.reminded":
      return { kind: "reviewLate", persons: [departmentToken(event.ofDepartment)] };
    case "order.approval.requested":
    case "order.approval.given":
    case "order.approval.escalated":
      return { kind: "approvalWaits", persons: event.waiting.flatMap(tokenOf) };
    case "order.approval.rejected":
      return { kind: "orderRejected", persons: all };
    case "order.hold.placed":
      return { kind: "orderHeld", persons: all };
    case "order.schedule.repromised":
      return { kind: "promiseChanged", persons: all };
    case "order.delivered":
      return event.lines.length === 0 ? undefined : { kind: "orderDelivered", persons: all };
    case "shipment.exception.raised":
      return { kind: "shipmentException", persons: all };
    case "issue.triaged":
      return event.owner === undefined ? undefined : { kind: "issueAssigned", persons: [personToken(event.owner)] };
    case "issue.action.added":
      return { kind: "actionAssigned", persons: [personToken(event.owner)] };
    default:
      return undefined;
  }
}

/** A person, or a department: of those who have a role nobody knows who they are. */
const tokenOf = ({ person, department }: Party): string[] =>
  person !== undefined ? [personToken(person)] : department !== undefined ? [departmentToken(department)] : [];

const work: CollectionSpec<Work> = {
  name: WORK,
  columns: { since: { type: "integer", of: ({ since }) => Date.parse(since) } },
  tokens: holdersOf,
  paths: [{ name: "bySince", sort: "since" }],
};

const notifications: CollectionSpec<Notification> = {
  name: NOTIFICATIONS,
  columns: { at: { type: "integer", of: ({ at }) => Date.parse(at) } },
  // Whom it is for; whether they may still see what it is about is looked for in the work (notifications-query.ts).
  tokens: ({ persons }) => persons,
  keys: { about: ({ about }) => [about] },
  paths: [{ name: "byTime", sort: "at" }],
};

export const workProjection: Projection = {
  name: WORK,
  version: "3",
  documents: [
    {
      collection: work,
      source: ["gendan.orders", "gendan.shipments", "gendan.cases", "gendan.issues"],
      fold: foldWork,
      entries: { collection: notifications, of: notificationsOf },
    },
  ],
};
