// An export: all that is held of a person, opened for whoever carries out the person's right to have it.
import { Fault, isSealed, type Documents, type Sealed } from "@gendan/eventing";
import { may, seesFields, type Caller } from "./caller.js";
import { FIELD_CLASSES } from "./policy/policy-file.js";
import type { Opener, SealedField, Sealer } from "./sealing.js";

/** Throws FORBIDDEN for who may not: an export is whole, so it takes the right, every class of fields and the whole company. */
export function demandExport(caller: Caller): void {
  const seesAll = FIELD_CLASSES.every((each) => seesFields(caller, each)) && caller.departments.includes("");
  if (seesAll && may(caller, "fulfilRights")) return;
  const message =
    "An export takes the right fulfilRights (by default of manager and admin), every class of fields, and the whole " +
    "company, which is seen by tokens without departments.";
  throw new Fault("FORBIDDEN", message);
}

/** The most of one kind that an export gives at once. */
export const MOST_EXPORTED = 10_000;

/** A customer has more of one kind than that. */
export const tooMuchToExport = (id: string, collection: string): Fault =>
  new Fault("TOO_BROAD", `Customer ${id} has more than ${MOST_EXPORTED} ${collection}: page through them instead.`);

/** Everything of the customer's in a collection that is keyed by it. Throws TOO_BROAD beyond what is given at once. */
export async function ofCustomerIn<Doc>(documents: Pick<Documents, "byKey">, collection: string, id: string) {
  const rows = (await documents.byKey<Doc>(collection, "customer", [id], MOST_EXPORTED + 1)).get(id) ?? [];
  if (rows.length > MOST_EXPORTED) throw tooMuchToExport(id, collection);
  return rows;
}

/** What a text in a member of this name was sealed as; the holder is the object that has the member. */
export type FieldOf = (name: string, holder: object) => string;

/** A document as plain JSON: the sealed texts of these subjects opened, null for who was erased and for everybody else's. */
export async function openedFor(
  sealer: Sealer,
  subjects: ReadonlySet<string>,
  document: object,
  opener: Opener,
  fieldOf: FieldOf = (name) => name,
): Promise<object> {
  const found: SealedField[] = [];
  collect(document, "", document, (sealed, name, holder) => {
    if (subjects.has(sealed.subject)) found.push({ sealed, field: fieldOf(name, holder) });
  });
  const texts = await sealer.open(found, opener);
  const opened = new Map(found.map(({ sealed }, index) => [sealed, texts[index]!]));
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return value.toString();
    return isSealed(value) ? (opened.get(value) ?? null) : value;
  };
  return JSON.parse(JSON.stringify(document, plain)) as object;
}

function collect(
  value: unknown,
  name: string,
  holder: object,
  take: (sealed: Sealed, name: string, holder: object) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  if (isSealed(value)) return take(value, name, holder);
  if (Array.isArray(value)) for (const each of value) collect(each, name, holder, take);
  else for (const [member, each] of Object.entries(value)) collect(each, member, value, take);
}
