// How the EventStoreDB double reads: pages of a stream or of $all, forwards and backwards, with the filter at the server.
import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { DoubleLog, LoggedEvent } from "./eventstore-double-log.js";

type Options = ReadReq.Options;
export type ReadResponse = InstanceType<typeof streams.ReadResp>;

/** The answers to a read that ends, in their order. */
export function* page(log: DoubleLog, options: Options): Iterable<ReadResponse> {
  const events = options.hasStream() ? fromStream(log, options) : fromAll(log, options);
  if (events === undefined) return yield streamNotFound(options.getStream()!.getStreamIdentifier());
  let left = Number(options.getCount());
  for (const event of events) {
    if (left-- <= 0) return;
    yield eventResponse(event);
  }
}

const backwards = (options: Options): boolean => Number(options.getReadDirection()) === 1;

/** Both ends of a revision are included; undefined when there is no such stream. */
function fromStream(log: DoubleLog, options: Options): Iterable<LoggedEvent> | undefined {
  const wanted = options.getStream()!;
  const events = log.stream(nameOf(wanted.getStreamIdentifier()));
  if (events.length === 0) return undefined;
  const last = events.length - 1;
  const from = wanted.hasStart() ? 0 : wanted.hasEnd() ? last : Number(wanted.getRevision());
  return backwards(options) ? descending(events, Math.min(from, last)) : events.slice(from);
}

/** Forwards from a position on, backwards from before it. */
function fromAll(log: DoubleLog, options: Options): Iterable<LoggedEvent> {
  const matches = filterOf(options);
  const all = options.getAll()!;
  const before = all.hasEnd()
    ? log.events.length
    : log.countBefore(all.hasStart() ? 0 : Number(all.getPosition()!.getCommitPosition()));
  const events = backwards(options) ? descending(log.events, before - 1) : log.events.slice(before);
  return Iterator.from(events).filter(matches);
}

function* descending(events: readonly LoggedEvent[], from: number): Iterable<LoggedEvent> {
  for (let at = from; at >= 0; at--) yield events[at]!;
}

/** Which events the caller wants to see. */
export function filterOf(options: Options): (event: LoggedEvent) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const byStream = filter.hasStreamIdentifier();
  const expression = (byStream ? filter.getStreamIdentifier() : filter.getEventType())!;
  const regex = expression.getRegex();
  const prefixes = expression.getPrefixList();
  const matches = regex
    ? (text: string) => new RegExp(regex, "u").test(text)
    : (text: string) => prefixes.some((prefix) => text.startsWith(prefix));
  return ({ stream, type }) => matches(byStream ? stream : type);
}

export const nameOf = (identifier: ReturnType<ReadReq.Options.StreamOptions["getStreamIdentifier"]>): string =>
  Buffer.from(identifier!.getStreamName_asU8()).toString("utf8");

export function eventResponse(event: LoggedEvent): ReadResponse {
  const { id, type, contentType, stream, revision, data, metadata } = event;
  const position = String(event.position);
  const record = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream, "utf8")))
    .setStreamRevision(String(revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(data)
    .setCustomMetadata(metadata);
  const described = record.getMetadataMap();
  described.set("type", type);
  described.set("content-type", contentType);
  described.set("created", "0");
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(position));
}

export function checkpointResponse(position: number): ReadResponse {
  const at = String(position);
  const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at);
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

export const confirmation = (id: string): ReadResponse =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUp = (): ReadResponse => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

const streamNotFound = (identifier: ReturnType<ReadReq.Options.StreamOptions["getStreamIdentifier"]>): ReadResponse =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier));
