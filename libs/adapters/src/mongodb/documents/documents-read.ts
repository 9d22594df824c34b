// Documents by id, by key, and one after the other.
import type { Collection } from "mongodb";
import type { StoredDocument } from "@gendan/eventing";
import { refused, type DeclaredCollection } from "../../documents/declaration.js";
import { textOf } from "../../documents/text.js";
import { READ_MS } from "./lists.js";
import { DOCUMENT_FIELDS, documentOf, keyField, type Row } from "./rows.js";

type Rows = Collection<Row>;

const READ_AT_ONCE = 2_000;
const options = { projection: DOCUMENT_FIELDS, maxTimeMS: READ_MS } as const;

/** By the ids that were asked for; what is not there is left out. */
export async function documentsById<Doc>(
  rows: Rows,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, StoredDocument<Doc>>();
  for (let from = 0; from < wanted.length; from += READ_AT_ONCE) {
    const some = wanted.slice(from, from + READ_AT_ONCE).map(textOf);
    for (const row of await rows.find({ _id: { $in: some } }, options).toArray()) found.set(row._id, documentOf(row));
  }
  return new Map(wanted.flatMap((id) => (found.has(textOf(id)) ? [[id, found.get(textOf(id))!] as const] : [])));
}

/** For each value the documents that carry it, by id. Throws STORE_REFUSED for a key that is not declared. */
export async function documentsByKey<Doc>(
  rows: Rows,
  { name, keys }: DeclaredCollection,
  key: string,
  values: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly StoredDocument<Doc>[]>> {
  if (!keys.some((each) => each.name === key))
    throw refused(`${name} has no key ${key}; it has ${keys.map((each) => each.name).join(", ")}.`);
  const found = values.map(async (value) => {
    const carrying = rows
      .find({ [keyField(key)]: textOf(value) }, options)
      .sort({ _id: 1 })
      .limit(limit);
    return [value, (await carrying.toArray()).map((row) => documentOf<Doc>(row))] as const;
  });
  return new Map(await Promise.all(found));
}

export async function documentsInOrder<Doc>(
  rows: Rows,
  after: string | undefined,
  limit: number,
): Promise<readonly StoredDocument<Doc>[]> {
  const behind = after === undefined ? {} : { _id: { $gt: after } };
  const page = await rows.find(behind, options).sort({ _id: 1 }).limit(limit).toArray();
  return page.map((row) => documentOf<Doc>(row));
}
