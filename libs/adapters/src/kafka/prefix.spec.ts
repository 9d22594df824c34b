// Several installations on one cluster: prefixed names on the wire, and nothing of it for who publishes and consumes.
import { expect, it } from "@jest/globals";
import { newId, type BusBatch, type EventBus } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import { KafkaEventBus } from "./event-bus.js";
import { newMessage } from "./spec.js";

describeOn("kafka", (brokers) => {
  it("keeps installations apart that call their topics alike, and makes as many copies as there are brokers", async () => {
    const topic = `things-${newId()}`;
    const seen = new Map<string, BusBatch[]>();
    const open = async (name: string): Promise<EventBus> => {
      const prefix = `${name}-${newId()}.`;
      const settings = { brokers: [brokers], topics: [topic], partitions: 1, topicPrefix: prefix, groupPrefix: prefix };
      const bus = await KafkaEventBus.open(settings);
      const batches: BusBatch[] = [];
      seen.set(name, batches);
      await bus.consume({
        group: "readers",
        topics: [topic],
        startAt: async () => "first",
        handle: async (batch) => void batches.push(batch),
        failed: (error) => {
          throw error;
        },
      });
      return bus;
    };
    const [one, other] = [await open("one"), await open("other")];
    const [mine, theirs] = [newMessage(topic), newMessage(topic)];
    await one.publish([mine]);
    await other.publish([theirs]);
    const messages = (name: string) => seen.get(name)!.flatMap((batch) => batch.messages);
    await eventually(() => messages("one").length > 0 && messages("other").length > 0, 20_000);
    expect([messages("one"), messages("other")]).toEqual([[mine], [theirs]]);
    expect((await one.heads([topic])).size).toBe(1);
    expect([...(await one.heads([topic])).keys()]).not.toEqual([...(await other.heads([topic])).keys()]);
    await one.close();
    await other.close();
  });
});
