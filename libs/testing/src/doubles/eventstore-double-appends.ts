// How the EventStoreDB double takes an append: options first, then one event a message, then one answer.
import type { ServerReadableStream } from "@grpc/grpc-js";
import type { AppendReq } from "@eventstore/db-client/generated/streams_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { DoubleLog, AppendOutcome, Expected, ProposedEvent } from "./eventstore-double-log.js";
import { tooLarge } from "./eventstore-double-faults.js";
import { nameOf } from "./eventstore-double-reads.js";

export type AppendResponse = InstanceType<typeof streams.AppendResp>;
export type AppendCall = ServerReadableStream<AppendReq, AppendResponse>;

/** Reads the whole request and appends it. Throws the status of one that is larger than the limit. */
export async function appended(call: AppendCall, log: DoubleLog, limitBytes: number): Promise<AppendResponse> {
  let options: AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    if (message.hasOptions()) options = message.getOptions();
    else events.push(proposed(message.getProposedMessage()!));
  }
  const size = events.reduce((sum, event) => sum + event.type.length + event.data.length + event.metadata.length, 0);
  if (size > limitBytes) throw tooLarge(limitBytes);
  const expected = expectedBy(options!);
  return answerOf(log.append(nameOf(options!.getStreamIdentifier()), expected, events), expected);
}

function proposed(message: AppendReq.ProposedMessage): ProposedEvent {
  const described = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
    type: described.get("type")!,
    contentType: described.get("content-type")!,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedBy(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return -1;
  if (options.hasAny()) return "any";
  return options.hasStreamExists() ? "exists" : Number(options.getRevision());
}

function answerOf(outcome: AppendOutcome, expected: Expected): AppendResponse {
  if (outcome.kind === "appended") {
    const at = String(outcome.position);
    const position = new streams.AppendResp.Position().setCommitPosition(at).setPreparePosition(at);
    return new streams.AppendResp().setSuccess(
      new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(position),
    );
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (expected === "any") wrong.setExpectedAny(new shared.Empty());
  else if (expected === "exists") wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected < 0) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}
