// Starts, says what it has made when asked to stop, and ends with 1 when Kafka's client has given up.
import { topics } from "@gendan/contracts";
import { Kafka, logLevel } from "kafkajs";
import { startConsumer } from "./consumer.ts";
import { Store } from "./store.ts";

const {
  KAFKA_BROKERS = "127.0.0.1:9092",
  KAFKA_PREFIX = "",
  GROUP = "late-deliveries",
  STORE = "late.db",
} = process.env;

const store = new Store(STORE);
const kafka = new Kafka({ clientId: GROUP, brokers: KAFKA_BROKERS.split(","), logLevel: logLevel.ERROR });
const stop = await startConsumer({
  kafka,
  groupId: KAFKA_PREFIX + GROUP,
  topics: topics.filter((topic) => topic === "gendan.orders").map((topic) => KAFKA_PREFIX + topic),
  deadLetters: `${KAFKA_PREFIX}${GROUP}.dead-letters`,
  store,
  failed(error) {
    console.error(error.message);
    process.exit(1);
  },
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void stop().then(() => {
      console.log(JSON.stringify(store.late()));
      store.close();
    });
  });
}
