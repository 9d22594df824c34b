// The whole published language as one AsyncAPI 3.0 document: topics, messages, headers, and how Kafka carries them.
import type { Contract } from "../contract.js";
import { dataSchemaOf, dataShape, versionsOf, type Schema } from "./json-schema.js";

type Json = { readonly [name: string]: unknown };

/** What stands before the release number in info.version is the package's version. */
export function asyncApiOf(contracts: readonly Contract<unknown>[], version: string): Json {
  const topics = [...new Set(contracts.map(({ topic }) => topic))].sort();
  const about = (topic: string) => contracts.filter((contract) => contract.topic === topic);
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Gendan: public events",
      version,
      description:
        "What the services of Gendan tell the company, as CloudEvents 1.0 in binary mode on Kafka: at least once, in " +
        "order per key. A topic may have a prefix in your installation. 跟单系统各服务对外公布的事件。",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      tags: [{ name: "order" }, { name: "logistics" }, { name: "customer" }],
    },
    defaultContentType: "application/json",
    channels: Object.fromEntries(topics.map((topic) => [nameOf(topic), channelOf(topic, about(topic))])),
    operations: Object.fromEntries(topics.map((topic) => [`publish-${nameOf(topic)}`, operationOf(topic)])),
    components: {
      messages: Object.fromEntries(
        contracts.flatMap((contract) =>
          versionsOf(contract).map((each) => [messageName(contract.type, each), messageOf(contract, each)]),
        ),
      ),
      messageTraits: { cloudEvent: { contentType: "application/json", headers: { type: "object", ...headers } } },
    },
  };
}

const nameOf = (topic: string): string => topic.replace("gendan.", "");
const messageName = (type: string, version: number): string => `${type}.v${version}`;

function channelOf(topic: string, contracts: readonly Contract<unknown>[]): Json {
  const names = contracts.flatMap((contract) => versionsOf(contract).map((each) => messageName(contract.type, each)));
  return {
    address: topic,
    description: `Keyed by the id of the aggregate (${[...new Set(contracts.map(({ about }) => about.key))].join(", ")}).`,
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    bindings: {
      kafka: {
        topic,
        topicConfiguration: { "cleanup.policy": ["delete"], "retention.ms": -1 },
        bindingVersion: "0.5.0",
      },
    },
  };
}

const operationOf = (topic: string): Json => ({
  action: "send",
  channel: { $ref: `#/channels/${nameOf(topic)}` },
  summary: `Told on ${topic}, in order per key and at least once.`,
});

function messageOf(contract: Contract<unknown>, version: number): Json {
  const { type, about } = contract;
  return {
    name: type,
    title: `${type} v${version}`,
    summary: about.en,
    description: `${about.en} ${about.zh}`,
    tags: [{ name: about.owner }],
    ...(about.ends && { "x-ends": about.ends }),
    traits: [{ $ref: "#/components/messageTraits/cloudEvent" }],
    headers: {
      type: "object",
      properties: {
        ce_type: { type: "string", const: type },
        ce_source: { type: "string", const: about.owner },
        ce_dataschema: { type: "string", const: dataSchemaOf(type, version) },
      },
    },
    payload: dataShape(contract, version),
    bindings: { kafka: { key: { type: "string", description: `Equal to ${about.key}.` }, bindingVersion: "0.5.0" } },
    examples: [{ name: "example", payload: contract.exampleOf(version) }],
  };
}

const text = (description: string, more: Schema = {}): Schema => ({ type: "string", description, ...more });
const instant = (description: string): Schema => text(description, { format: "date-time" });

const TRACEPARENT = "^00-[\\da-f]{32}-[\\da-f]{16}-[\\da-f]{2}$";

/** The headers that every record has, and those that some have (libs/adapters/src/kafka/records.ts writes them). */
const headers = {
  required: [
    ...["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "ce_dataschema"],
    ...["ce_partitionkey", "ce_sequence", "ce_recordedat", "ce_actor"],
  ],
  properties: {
    "content-type": text("The data's media type.", { const: "application/json" }),
    ce_specversion: text("The version of CloudEvents.", { const: "1.0" }),
    ce_id: text("The event's id, the same on every repetition: what was handled under it is done.", { format: "uuid" }),
    ce_source: text("The service that tells it, the owner of the type."),
    ce_type: text("What has happened."),
    ce_subject: text("The aggregate's id, as the record's key.", { format: "uuid" }),
    ce_time: instant("When it happened (business time)."),
    ce_dataschema: text("Type and version of the data; the $id of its JSON Schema."),
    ce_partitionkey: text("The record's key.", { format: "uuid" }),
    ce_sequence: text("A whole number that rises within the aggregate, with gaps.", { pattern: "^\\d{1,16}$" }),
    ce_recordedat: instant("When it was recorded (record time); never falls within an aggregate."),
    ce_actor: text("Who did it, as JSON: { kind: person | service | ruleSet, id, version?, onBehalfOf? }."),
    ce_claimedat: instant("Present where the time that was claimed lies in the future: what was claimed."),
    ce_historical: text("Present for imported history: nobody is to be told of it.", { const: "true" }),
    ce_causedby: text("The id of the event that caused it, or deadline."),
    ce_correlationid: text("Names the request that it follows from, over all services.", { pattern: "^[\\w-]{1,64}$" }),
    ce_traceparent: text("W3C Trace Context: the work that has made the event.", { pattern: TRACEPARENT }),
    traceparent: text("The same, as the transport's own header.", { pattern: TRACEPARENT }),
  },
};
