// A record as it lies on Kafka, read as far as it can be.
import { contractOf, readPublic, type PublicEvent } from "@gendan/contracts";
import type { EachMessagePayload } from "kafkajs";
import type { Place } from "./store.ts";

/** What a record is to us: an event, one of a type that this program is too old to know, or nothing that can be read. */
export type Reading =
  | { readonly kind: "event"; readonly event: PublicEvent }
  | { readonly kind: "unknownType" }
  | { readonly kind: "unreadable"; readonly reason: string };

type Headers = EachMessagePayload["message"]["headers"];
const header = (headers: Headers, name: string): string | undefined => headers?.[name]?.toString();

/** A record without a key or a sequence has no place in any order: it is an aggregate of its own. */
export function placeOf({ topic, partition, message }: EachMessagePayload): Place {
  const { offset } = message;
  const key = message.key?.toString();
  const text = header(message.headers, "ce_sequence") ?? "";
  if (key === undefined || !/^\d{1,15}$/.test(text)) {
    return { topic, partition, offset, key: `${partition}@${offset}`, sequence: 0 };
  }
  return { topic, partition, offset, key, sequence: Number(text) };
}

/** Reads every version, newer ones than this program's package included: fields that it does not know are left out. */
export function readRecord({ message }: EachMessagePayload): Reading {
  const type = header(message.headers, "ce_type");
  const version = /:(\d+)$/.exec(header(message.headers, "ce_dataschema") ?? "")?.[1];
  if (type === undefined || version === undefined) return { kind: "unreadable", reason: "no ce_type or ce_dataschema" };
  if (!contractOf(type)) return { kind: "unknownType" };
  try {
    const data: unknown = JSON.parse(message.value?.toString() ?? "");
    return { kind: "event", event: readPublic(type, Number(version), data) };
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}
