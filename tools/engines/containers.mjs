// The engines in Docker, for machines that have it. testcontainers removes what a broken run leaves behind by itself.
import { request } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { kafkaProperties } from "./kafka.mjs";
import { freePort } from "./ports.mjs";

const answersWithinMs = 2_000;
const startsWithinMs = 180_000;

export const images = {
  kafka: "apache/kafka:4.3.1",
  mongodb: "mongo:8.0.28",
  eventstore: "kurrentplatform/kurrentdb:26.0.3",
};

/** True when a Docker engine answers where DOCKER_HOST says, or at the usual sockets. Loads nothing to find out. */
export async function dockerAnswers() {
  for (const target of dockerTargets()) if (await pings(target)) return true;
  return false;
}

function dockerTargets() {
  const host = process.env.DOCKER_HOST;
  if (host?.startsWith("unix://")) return [{ socketPath: host.slice("unix://".length) }];
  if (host) {
    const { hostname, port } = new URL(host.replace(/^tcp:/, "http:"));
    return [{ host: hostname, port }];
  }
  const runtime = process.env.XDG_RUNTIME_DIR;
  const sockets = ["/var/run/docker.sock", join(homedir(), ".docker/run/docker.sock")];
  return [...sockets, ...(runtime ? [join(runtime, "docker.sock")] : [])].map((socketPath) => ({ socketPath }));
}

function pings(target) {
  return new Promise((resolve) => {
    const asked = request({ ...target, path: "/_ping", timeout: answersWithinMs }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
    asked.end();
  });
}

/** Starts the engine's container; answers its address and how to end it. */
export async function startContainer(name) {
  const started = await containers[name]();
  return { address: started.address, stop: () => started.container.stop() };
}

const containers = {
  /**
   * The image of Apache Kafka itself. It is told its address outside of Docker before it starts, so the port is chosen
   * here (the Kafka module of testcontainers is for Confluent's images only).
   */
  async kafka() {
    const { GenericContainer, Wait, getContainerRuntimeClient } = await import("testcontainers");
    const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
    const port = await freePort();
    const container = await new GenericContainer(images.kafka)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment(kafkaEnvironment(`${host}:${port}`))
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .withStartupTimeout(startsWithinMs)
      .start();
    return { container, address: `${host}:${port}` };
  },

  /** The member names itself by its name inside of Docker: only a direct connection reaches it from here. */
  async mongodb() {
    const { MongoDBContainer } = await import("@testcontainers/mongodb");
    const container = await new MongoDBContainer(images.mongodb).withStartupTimeout(startsWithinMs).start();
    return { container, address: `${container.getConnectionString()}/?directConnection=true` };
  },

  async eventstore() {
    const { GenericContainer, Wait } = await import("testcontainers");
    const container = await new GenericContainer(images.eventstore)
      .withExposedPorts(2113)
      .withEnvironment({
        KURRENTDB_INSECURE: "true",
        KURRENTDB_CLUSTER_SIZE: "1",
        KURRENTDB_RUN_PROJECTIONS: "None",
        KURRENTDB_MAX_APPEND_SIZE: "4194304",
      })
      .withWaitStrategy(Wait.forHealthCheck())
      .withStartupTimeout(startsWithinMs)
      .start();
    return { container, address: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false` };
  },
};

/** The same settings as without Docker, in the image's way of writing: any variable replaces all of its defaults. */
function kafkaEnvironment(advertised) {
  const settings = {
    ...kafkaProperties(9092, 9093),
    listeners: "PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093",
    "advertised.listeners": `PLAINTEXT://${advertised}`,
  };
  const variable = (name) => `KAFKA_${name.replaceAll(".", "_").toUpperCase()}`;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [variable(name), String(value)]));
}
