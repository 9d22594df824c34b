// The protocol's messages: requests of this adapter, and the events that come back.
import shared from "@eventstore/db-client/generated/shared_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { AppendReq, AppendResp, ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import {
  Fault,
  RevisionConflict,
  type EventMeta,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type StoredEvent,
} from "@gendan/eventing";
import { parsePosition, positionOf } from "./positions.js";

/** What the server holds of an event besides data: one JSON value, so that the server's own names cannot meet ours. */
interface StoredMetadata {
  readonly version: number;
  readonly meta: EventMeta;
}

/** So many events are looked at by the server in one step of a filtered read. */
const SEARCH_WINDOW = 500;
/** After so many such windows a subscription is told how far it is: 10,000 events. */
const CHECKPOINT_WINDOWS = 20;

// ---- appending ----

/** Throws STORE_REFUSED for data that is not plain JSON, and ids that are no UUIDs as the server writes them. */
export function appendMessages(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): AppendReq[] {
  const options = new streams.AppendReq.Options().setStreamIdentifier(identifier(stream));
  if (expected === "none") options.setNoStream(new shared.Empty());
  else options.setRevision(String(expected));
  return [
    new streams.AppendReq().setOptions(options),
    ...events.map((event) => new streams.AppendReq().setProposedMessage(proposed(stream, event))),
  ];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function proposed(stream: string, { id, type, version, data, meta }: NewEvent): AppendReq.ProposedMessage {
  if (!UUID.test(id)) {
    throw new Fault("STORE_REFUSED", `An event for ${stream} has the id ${id}, which is no UUID in lower case.`, {
      id,
    });
  }
  const message = new streams.AppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(bytes(stream, id, data))
    .setCustomMetadata(bytes(stream, id, { version, meta } satisfies StoredMetadata));
  message.getMetadataMap().set("type", type).set("content-type", "application/json");
  return message;
}

function bytes(stream: string, id: string, value: unknown): Uint8Array {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new TypeError(`event ${id} has no data`);
    return Buffer.from(text, "utf8");
  } catch (cause) {
    throw new Fault(
      "STORE_REFUSED",
      `Events for ${stream} are not plain JSON: ${(cause as Error).message}.`,
      { stream },
      { cause },
    );
  }
}

/** The last event's place, its position undefined when the server does not know it any more; or the conflict. */
export function appendAnswer(
  stream: string,
  response: AppendResp,
): { readonly revision: number; readonly position: Position | undefined } | RevisionConflict {
  const success = response.getSuccess();
  if (success) {
    const at = success.getPosition();
    return {
      revision: Number(success.getCurrentRevision()),
      position: at && positionOf(at.getCommitPosition(), at.getPreparePosition()),
    };
  }
  const wrong = response.getWrongExpectedVersion();
  if (!wrong) throw new Error("it answered an append without saying what became of it");
  return new RevisionConflict(stream, wrong.hasCurrentRevision() ? Number(wrong.getCurrentRevision()) : "none");
}

// ---- reading ----

export function streamRequest(stream: string, from: number, count: number): ReadReq {
  const options = new streams.ReadReq.Options.StreamOptions()
    .setStreamIdentifier(identifier(stream))
    .setRevision(String(from));
  return request((read) =>
    read.setStream(options).setCount(String(count)).setNoFilter(new shared.Empty()).setReadDirection(FORWARDS),
  );
}

const [FORWARDS, BACKWARDS] = [0, 1] as const;

/** All events of streams with this prefix, forwards with those at `from`. */
export function logRequest(prefix: string, from: Position, count: number): ReadReq {
  return request((read) =>
    read.setAll(after(from)).setCount(String(count)).setFilter(filter(prefix)).setReadDirection(FORWARDS),
  );
}

/** The last event of streams with this prefix, or the last of all. */
export function lastRequest(prefix?: string): ReadReq {
  const all = new streams.ReadReq.Options.AllOptions().setEnd(new shared.Empty());
  return request((read) => {
    read.setAll(all).setCount("1").setReadDirection(BACKWARDS);
    if (prefix === undefined) read.setNoFilter(new shared.Empty());
    else read.setFilter(filter(prefix));
  });
}

/** All events of streams with this prefix after a position, and then those to come. */
export function subscriptionRequest(prefix: string, position: Position | undefined): ReadReq {
  const all =
    position === undefined ? new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty()) : after(position);
  const subscription = new streams.ReadReq.Options.SubscriptionOptions();
  return request((read) => read.setAll(all).setSubscription(subscription).setFilter(filter(prefix)));
}

function request(fill: (options: ReadReq.Options) => void): ReadReq {
  const ids = new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty());
  const options = new streams.ReadReq.Options().setUuidOption(ids).setResolveLinks(false);
  fill(options);
  return new streams.ReadReq().setOptions(options);
}

function after(position: Position): ReadReq.Options.AllOptions {
  const { commit, prepare } = parsePosition(position);
  const at = new streams.ReadReq.Options.Position()
    .setCommitPosition(String(commit))
    .setPreparePosition(String(prepare));
  return new streams.ReadReq.Options.AllOptions().setPosition(at);
}

function filter(prefix: string): ReadReq.Options.FilterOptions {
  return new streams.ReadReq.Options.FilterOptions()
    .setStreamIdentifier(new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList([prefix]))
    .setMax(SEARCH_WINDOW)
    .setCheckpointintervalmultiplier(CHECKPOINT_WINDOWS);
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, "utf8"));
}

export const checkpointOf = (message: ReadResp): Position | undefined => {
  const checkpoint = message.getCheckpoint();
  return checkpoint && positionOf(checkpoint.getCommitPosition(), checkpoint.getPreparePosition());
};

/** Where the message's event is; undefined for messages without one. */
export function placeOf(message: ReadResp): Position | undefined {
  const record = message.getEvent()?.getEvent();
  return record && positionOf(record.getCommitPosition(), record.getPreparePosition());
}

export interface Received {
  readonly event: StoredEvent;
  /** Of its data, in bytes. */
  readonly size: number;
}

/** The message's event. Throws STORE_DAMAGED for one that is none of ours, CONFIGURATION when it has no position. */
export function receivedOf(message: ReadResp): Received | undefined {
  const record = message.getEvent()?.getEvent();
  if (!record) return undefined;
  const stream = text(record.getStreamIdentifier()!.getStreamName_asU8());
  const revision = Number(record.getStreamRevision());
  const position = placeOf(message);
  if (position === undefined) {
    throw new Fault("CONFIGURATION", "The event store does not say where events are: it is older than 22.6.");
  }
  const data = record.getData_asU8();
  try {
    const { version, meta } = JSON.parse(text(record.getCustomMetadata_asU8())) as StoredMetadata;
    if (typeof version !== "number" || typeof meta !== "object") throw new TypeError("no version or meta");
    const id = record.getId()!.getString();
    const type = record.getMetadataMap().get("type")!;
    const event = { id, type, version, data: JSON.parse(text(data)) as unknown, meta, stream, revision, position };
    return { event, size: data.length };
  } catch (cause) {
    throw new Fault(
      "STORE_DAMAGED",
      `Event ${revision} of ${stream} was not written by Gendan (${(cause as Error).message}): these streams are its own.`,
      { stream, revision },
      { cause },
    );
  }
}

const text = (data: Uint8Array): string => Buffer.from(data.buffer, data.byteOffset, data.length).toString("utf8");
