// Public messages as they once lay on the bus are read as production reads them, and by the SDK that others use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { fromRecord, toRecord, type FetchedRecord } from "@gendan/adapters/kafka/records";
import { readPublic } from "@gendan/contracts";
import { placeOf } from "@gendan/contracts/tooling/compatibility";
import { contracts } from "@gendan/contracts/tooling/generated";
import { readGolden, type WireSample } from "@gendan/contracts/tooling/released";
import { CloudEvent, Kafka, type KafkaMessage } from "cloudevents";
import { goldenOf } from "./golden.mjs";

const root = join(import.meta.dirname, "../..");
const samples = [...readGolden(join(root, "libs/contracts"))].flatMap(([file, { topic, records }]) =>
  records.map((record, at) => [file, at, topic, record] as const),
);
const fetched = ({ key, headers, value, timestamp }: WireSample): FetchedRecord => ({
  key: Buffer.from(key),
  headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  value: Buffer.from(value),
  timestamp,
  offset: "0",
});

describe.each(samples)("%s (%d)", (_, __, topic, sample) => {
  const { type, version } = placeOf(sample.headers.ce_dataschema!);
  const { message, unreadable } = fromRecord(topic, 0, fetched(sample));

  test("is read by the production path", () => {
    expect(unreadable).toBeUndefined();
    expect(message).toMatchObject({ type, version, topic, key: sample.key });
    expect(readPublic(message.type, message.version, message.data)).toMatchObject({
      type,
      ...(JSON.parse(sample.value) as object),
    });
  });

  test("would be written so again", () => {
    const { key, headers, value, timestamp } = toRecord(message);
    expect({ key, headers, value: value.toString(), timestamp }).toEqual(sample);
  });

  test("is under the key, on the topic and of the owner that the contract names", () => {
    const { about, ...contract } = contracts.find((each) => each.type === type)!;
    expect(contract.topic).toBe(topic);
    expect(message.data).toMatchObject({ [about.key]: sample.key });
    expect(message.source).toBe(about.owner);
  });

  test("is a CloudEvent for the official SDK", () => {
    const { headers, value } = sample;
    const record: KafkaMessage = { ...sample, body: value };
    const event = Kafka.toEvent(record);
    if (!(event instanceof CloudEvent)) throw new Error("one record is one event");
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({
      specversion: "1.0",
      id: message.id,
      source: message.source,
      type,
      subject: sample.key,
      time: message.occurredAt,
      dataschema: headers.ce_dataschema,
      datacontenttype: "application/json",
      partitionkey: sample.key,
      sequence: String(message.sequence),
      recordedat: message.recordedAt,
      actor: JSON.stringify(message.actor),
      data: message.data,
    });
    expect(event.historical).toBe(message.historical && "true");
    expect(event.claimedat).toBe(message.claimedAt);
    expect(event.causedby).toBe(message.causedBy);
    expect(event.correlationid).toBe(message.correlation);
    expect(event.traceparent).toBe(message.traceparent);
  });
});

test("what is released next has what the wire can carry", () => {
  const headers = goldenOf(contracts[0], 1).records.map((record: WireSample) => Object.keys(record.headers).length);
  expect(headers).toEqual([12, 18]);
});

test("docs/events.md and the AsyncAPI document tell of every topic and every header", () => {
  const page = readFileSync(join(root, "docs/events.md"), "utf8");
  const document = readFileSync(join(root, "libs/contracts/generated/asyncapi.json"), "utf8");
  const next = goldenOf(contracts[0], 1).records as readonly WireSample[];
  const headers = new Set(
    [...samples.map(([, , , sample]) => sample), ...next].flatMap((each) => Object.keys(each.headers)),
  );
  expect(headers.size).toBe(18);
  for (const header of headers) {
    expect(page).toContain(`\`${header}\``);
    expect(document).toContain(`"${header}"`);
  }
  for (const { topic, about } of contracts)
    expect(page).toMatch(new RegExp(`\\| \`${topic}\` \\|.*\\| ${about.owner} \\|`));
});
