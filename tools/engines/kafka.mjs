// Kafka as one plain Java process: broker and controller in one, from Maven Central.
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Problem } from "../workspace.mjs";
import { reasonIn, run } from "./command.mjs";
import { freePort } from "./ports.mjs";

const oldestJava = 17;
const slf4j = "1.7.36"; // what Kafka's own jars are made for
const clusterId = "Z2VuZGFuLXRlc3QtMDAwMQ";

const java = () => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java");

/** Errors and warnings alone, on standard error: a broker that dies has to say why. */
const javaFlags = (program, ...jvm) => [
  ...jvm,
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-cp",
  `${program}/libs/*`,
];

export const kafka = {
  name: "kafka",
  program: "kafka",
  version: "4.3.1",
  wants: `Java ${oldestJava} and Maven`,

  async checkRuntime() {
    const { code, output } = await run(java(), ["-version"]);
    const found = /version "(?:1\.)?(\d+)/.exec(output)?.[1];
    if (code !== 0 || !found) throw new Problem(`Kafka needs Java ${oldestJava} or newer: no java answers (${java()})`);
    if (Number(found) < oldestJava) throw new Problem(`Kafka needs Java ${oldestJava} or newer, and java is ${found}`);
  },

  async checkInstaller() {
    const { code, missing, output } = await run("mvn", ["--version"]);
    if (missing) throw new Problem("Kafka is installed by Maven, and there is no mvn");
    if (code !== 0) throw new Problem(`Kafka is installed by Maven, and mvn does not run: ${reasonIn(output)}`);
  },

  async install(folder) {
    writeFileSync(join(folder, "pom.xml"), pom(this.version));
    const goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=libs"];
    const { code, output } = await run("mvn", ["-q", "-B", ...goal], { cwd: folder });
    if (code !== 0) throw new Problem(`Maven could not fetch Kafka ${this.version}: ${reasonIn(output)}`);
    await format(folder);
  },

  /** A storage that was formatted at the install is copied: formatting costs a start of the JVM. */
  async prepare(program, dataFolder, port) {
    const log = join(dataFolder, "log");
    if (!existsSync(join(log, "meta.properties"))) cpSync(join(program, "formatted"), log, { recursive: true });
    const settings = { ...kafkaProperties(port, await freePort()), "log.dirs": log };
    writeFileSync(join(dataFolder, "server.properties"), lines(settings));
  },

  command: (program, dataFolder) => [
    java(),
    [
      ...javaFlags(program, "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC"),
      "kafka.Kafka",
      join(dataFolder, "server.properties"),
    ],
  ],

  addressAt: (port) => `127.0.0.1:${port}`,

  answers,

  /** What runs Gendan on it. */
  variables: (address) => ({ GENDAN_EVENT_BUS: "kafka", GENDAN_KAFKA_BROKERS: address }),
};

/**
 * True when the broker names at least one member of its cluster, itself: before, it takes connections and cannot yet take
 * topics. Asked by hand, because kafkajs has more to say about an absent broker than anybody wants to hear.
 */
async function answers(address) {
  const [host, port] = address.split(":");
  const socket = connect({ host, port: Number(port), timeout: 2_000 }, () => socket.write(metadataRequest));
  let answer = Buffer.alloc(0);
  try {
    socket.on("timeout", () => socket.destroy());
    for await (const chunk of socket) {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= 16) return answer.readInt32BE(12) > 0; // size, correlation, throttle, number of brokers
    }
  } catch {
    // refused, or reset while it starts or stops
  } finally {
    socket.destroy();
  }
  return false;
}

/** Metadata, version 4, about no topic: size, API, version, correlation, no client name, no topics, none to be made. */
const metadataRequest = Buffer.from("0000000f" + "0003" + "0004" + "00000001" + "ffff" + "00000000" + "00", "hex");

async function format(folder) {
  mkdirSync(join(folder, "formatted"));
  const config = join(folder, "format.properties");
  writeFileSync(config, lines({ ...kafkaProperties(9092, 9093), "log.dirs": join(folder, "formatted") }));
  const tool = ["kafka.tools.StorageTool", "format", "-t", clusterId, "-c", config];
  const { code, output } = await run(java(), [...javaFlags(folder), ...tool]);
  if (code !== 0) throw new Problem(`Kafka could not format its storage: ${reasonIn(output)}`);
}

/**
 * One node; small internal topics and no waiting for group members, because tests come and go fast. The broker's session
 * is short because a killed one has to wait for its end before it is let in again (12 s with the usual 9 s, 6 s with 3 s).
 */
export const kafkaProperties = (port, controllerPort) => ({
  "process.roles": "broker,controller",
  "node.id": 1,
  "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
  "controller.listener.names": "CONTROLLER",
  "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
  "inter.broker.listener.name": "PLAINTEXT",
  "auto.create.topics.enable": false,
  "broker.heartbeat.interval.ms": 500,
  "broker.session.timeout.ms": 3000,
  "group.initial.rebalance.delay.ms": 0,
  "group.min.session.timeout.ms": 1000,
  "offsets.topic.replication.factor": 1,
  "offsets.topic.num.partitions": 4,
  "transaction.state.log.replication.factor": 1,
  "transaction.state.log.min.isr": 1,
  "transaction.state.log.num.partitions": 2,
  "share.coordinator.state.topic.replication.factor": 1,
  "share.coordinator.state.topic.min.isr": 1,
  "share.coordinator.state.topic.num.partitions": 2,
});

const lines = (settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

function pom(version) {
  const dependency = ([group, artifact, release]) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${release}</version></dependency>`;
  const dependencies = [
    ["org.apache.kafka", "kafka_2.13", version],
    ["org.apache.kafka", "kafka-tools", version],
    ["org.slf4j", "slf4j-simple", slf4j],
  ];
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>gendan</groupId><artifactId>kafka</artifactId><version>1</version>
<dependencies>
${dependencies.map(dependency).join("\n")}
</dependencies>
</project>
`;
}
