// How a public event lies on the wire: CloudEvents 1.0, Kafka protocol binding, binary content mode.
import { Fault, isCorrelation, readTraceparent, uuidFrom, type Actor, type Message } from "@gendan/eventing";
import type { IHeaders, KafkaMessage } from "kafkajs";
import { partitionName } from "./offsets.js";

/** A record as it is sent. The key decides the partition, so what is of one aggregate stays in order. */
export interface WireRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, as a decimal string. */
  readonly timestamp: string;
  /** How many bytes it takes at most. */
  readonly bytes: number;
}

/** A record as it is fetched. */
export type FetchedRecord = Pick<KafkaMessage, "key" | "value" | "timestamp" | "offset"> & {
  readonly headers?: IHeaders;
};

/** What is read of a record; `unreadable` says why its data is not what was meant. */
export interface ReadRecord {
  readonly message: Message;
  readonly unreadable?: string;
}

const JSON_TYPE = "application/json";
/** What each header and the record around it cost at most beyond their own bytes. */
const FRAMING_BYTES = 8;
const RECORD_BYTES = 128;
const NOBODY: Actor = { kind: "service", id: "unknown" };
export const UNREADABLE = "unreadable";

/** The schema of the data: the type and its version. */
const schemaOf = (type: string, version: number): string => `urn:gendan:${type}:${version}`;

/** Throws STORE_REFUSED for what is not plain JSON, or has text in a header that no UTF-8 can carry. */
export function toRecord(message: Message): WireRecord {
  const { id, type, version, key, sequence, source, occurredAt, recordedAt, claimedAt, historical, causedBy } = message;
  const headers: Record<string, string> = {
    ce_specversion: "1.0",
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ce_subject: key,
    ce_time: occurredAt,
    ce_dataschema: schemaOf(type, version),
    ce_partitionkey: key,
    "content-type": JSON_TYPE,
    ce_sequence: String(sequence),
    ce_recordedat: recordedAt,
    ce_actor: actorText(message),
  };
  if (claimedAt !== undefined) headers.ce_claimedat = claimedAt;
  if (historical) headers.ce_historical = "true";
  if (causedBy !== undefined) headers.ce_causedby = causedBy;
  if (message.correlation !== undefined) headers.ce_correlationid = message.correlation;
  // As an attribute of the event, which it stays wherever that is passed on to, and as the transport's own header.
  if (message.traceparent !== undefined) headers.ce_traceparent = headers.traceparent = message.traceparent;
  const value = Buffer.from(jsonOf(message, message.data));
  const at = Date.parse(recordedAt);
  const bytes = RECORD_BYTES + Buffer.byteLength(key) + value.length + bytesOf(message, headers);
  return { key, value, headers, timestamp: String(at >= 0 ? at : Date.now()), bytes };
}

function bytesOf(message: Message, headers: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const name in headers) {
    const text = headers[name]!;
    const length = Buffer.byteLength(text);
    if (length !== text.length && !text.isWellFormed()) throw refused(message, `${name} is not well-formed text`);
    bytes += FRAMING_BYTES + name.length + length;
  }
  return bytes;
}

/**
 * Reads a record, whoever wrote it. One that is no event of ours is a message all the same, with as much as could be read
 * and its raw text as data, which no contract accepts: the consumer parks it with its aggregate. Where key or sequence is
 * missing it has no place in any aggregate's order, so it is an aggregate of its own and blocks nobody.
 */
export function fromRecord(topic: string, partition: number, record: FetchedRecord): ReadRecord {
  const { headers = {} } = record;
  const text = (name: string): string | undefined => {
    const value = headers[name];
    const only = Array.isArray(value) ? value[0] : value;
    return only === undefined ? undefined : only.toString();
  };
  const faults: string[] = [];
  const must = <T>(name: string, value: T | undefined, otherwise: T): T => {
    if (value === undefined) faults.push(`${name} is missing or wrong`);
    return value ?? otherwise;
  };
  const place = `${partitionName(topic, partition)}@${record.offset}`;
  const at = instantOf(record.timestamp);
  const key = record.key?.toString();
  const sequence = wholeNumber(text("ce_sequence"));
  const placed = key !== undefined && sequence !== undefined;
  if (!placed) faults.push("key or ce_sequence is missing or wrong");
  if (text("content-type") !== JSON_TYPE) faults.push(`content-type is not ${JSON_TYPE}`);
  const raw = record.value?.toString();
  const json = parsed(raw);
  if (!json) faults.push("the data is no JSON");
  const [claimedAt, causedBy] = [text("ce_claimedat"), text("ce_causedby")];
  const correlation = text("ce_correlationid");
  const traceparent = readTraceparent(text("ce_traceparent"));
  const message = {
    id: must("ce_id", text("ce_id"), uuidFrom(UNREADABLE, place)),
    type: must("ce_type", text("ce_type"), UNREADABLE),
    version: must("ce_dataschema", wholeNumber(/:(\d+)$/.exec(text("ce_dataschema") ?? "")?.[1]), 0),
    topic,
    key: placed ? key : place,
    sequence: placed ? sequence : 0,
    source: must("ce_source", text("ce_source"), topic),
    occurredAt: must("ce_time", text("ce_time"), at),
    recordedAt: must("ce_recordedat", text("ce_recordedat"), at),
    actor: must("ce_actor", actorOf(text("ce_actor")), NOBODY),
    ...(claimedAt === undefined ? {} : { claimedAt }),
    ...(text("ce_historical") === "true" ? { historical: true as const } : {}),
    ...(causedBy === undefined ? {} : { causedBy }),
    ...(isCorrelation(correlation) ? { correlation } : {}),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  if (faults.length === 0) return { message: { ...message, data: json!.value } };
  return { message: { ...message, data: raw ?? null }, unreadable: `${place}: ${faults.join("; ")}` };
}

/** One actor does many things. */
const actorTexts = new WeakMap<Actor, string>();

function actorText(message: Message): string {
  const known = actorTexts.get(message.actor);
  if (known !== undefined) return known;
  const text = jsonOf(message, message.actor);
  actorTexts.set(message.actor, text);
  return text;
}

function jsonOf(message: Message, value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw refused(message, (cause as Error).message, cause);
  }
  if (text === undefined) throw refused(message, `${typeof value} has no JSON`);
  return text;
}

const refused = (message: Message, why: string, cause?: unknown): Fault => {
  const reason = `Message ${message.id} is not plain JSON: ${why}.`;
  return new Fault("STORE_REFUSED", reason, { id: message.id }, { cause });
};

function parsed(text: string | undefined): { readonly value: unknown } | undefined {
  try {
    return text === undefined ? undefined : { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  const number = Number(text);
  return text !== undefined && /^\d{1,16}$/.test(text) && Number.isSafeInteger(number) ? number : undefined;
}

function actorOf(text: string | undefined): Actor | undefined {
  const actor = parsed(text)?.value as Partial<Actor> | null | undefined;
  if (typeof actor?.id !== "string") return undefined;
  return ["person", "service", "ruleSet"].includes(actor.kind ?? "") ? (actor as Actor) : undefined;
}

function instantOf(timestamp: string): string {
  const at = new Date(Number(timestamp));
  return (Number.isNaN(at.getTime()) ? new Date(0) : at).toISOString();
}
