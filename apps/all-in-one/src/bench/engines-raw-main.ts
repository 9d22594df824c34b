// Raw kafkajs in a process of its own, where nothing has put a faster encoder in its place: produces what it is sent, tells how long it took.
import type { Message } from "kafkajs";
import { produce, rawKafka, rawProducer } from "./engines-raw.js";

const [broker, topic, atOnce] = process.argv.slice(2);
const producer = await rawProducer(rawKafka(broker!));
process.on("message", (messages: Message[]) => {
  const start = performance.now();
  void produce(producer, topic!, messages, Number(atOnce)).then(() => process.send!(performance.now() - start));
});
process.once("disconnect", () => process.exit(0));
