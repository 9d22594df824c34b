// Slips of the hand in the files, and what each rule says of them: a rule that notices none is none.
import type { Texts } from "./files.js";
import { rulesOfContainers } from "./rules-of-containers.js";
import { rulesOfImage } from "./rules-of-image.js";
import { rulesOfProcesses } from "./rules-of-processes.js";

export const rules = { ...rulesOfContainers, ...rulesOfProcesses, ...rulesOfImage };
export type RuleName = keyof typeof rules;

/** The words that are changed in a file, and what the rule then says. */
type Slip = readonly [file: keyof Texts, from: string, to: string, fault: string];

export const slips: Readonly<Record<RuleName, readonly [Slip, ...Slip[]]>> = {
  "images are pinned by version": [
    ["compose", "library/mongo:8.0.28", "library/mongo:8.0", "mongodb: "],
    ["compose", "apache/kafka:4.3.1", "apache/kafka:latest", "kafka: "],
  ],
  "our own image carries our version": [["compose", "gendan:0.1.0", "gendan:0.0.9", "order-1: "]],
  "one service builds the image, the others never look for it elsewhere": [
    ["compose", "    build: { context: . }\n", "", "0 services build"],
    ["compose", "  pull_policy: never\n", "", "order-2: "],
  ],
  "each has a health check": [["dockerfile", 'CMD ["node", "/app/docker', 'NONE ["node", "/app/docker', "order-1: "]],
  "engines keep their data in named volumes": [
    ["compose", "mongodb-data:/data/db", "mongodb-data:/data", "mongodb: /data/db"],
  ],
  "volumes and networks are declared and used": [
    ["compose", "  mongodb-config: {}\n", "", "mongodb-config is not declared"],
    ["compose", "networks: [inside, outside]", "networks: [inside]", "outside is used by nobody"],
  ],
  "nothing but the gateway is published, and that to this machine": [
    ["compose", "127.0.0.1:4000:4000", "4000:4000", "gateway: "],
    ["compose", "    user: mongodb", '    ports: ["127.0.0.1:27017:27017"]', "mongodb: "],
  ],
  "engines are on a network without a way out": [
    ["compose", "inside: { internal: true }", "inside: {}", "kurrentdb: "],
  ],
  "there is no secret in the file": [
    [
      "compose",
      "${GENDAN_TOKEN_SECRET:-}",
      "${GENDAN_TOKEN_SECRET:-of-32-characters-that-all-can-read}",
      "order-1: GENDAN_TOKEN_SECRET",
    ],
    ["compose", "esdb://kurrentdb", "esdb://admin:changeit@kurrentdb", "order-1: GENDAN_EVENTSTORE_URL"],
  ],
  "nobody is root": [
    ["compose", "user: appuser", "user: root", "kafka: "],
    ["compose", "    user: mongodb\n", "", "mongodb: "],
  ],
  "an init process buries orphans, and one alone": [
    ["compose", "user: mongodb\n    init: true", "user: mongodb", "mongodb: "],
    ["compose", "  read_only: true", "  init: true", "order-1: "],
  ],
  "each comes back, has time to stop and a bound to its memory": [
    ["compose", "    mem_limit: 2g\n", "", "kurrentdb: "],
  ],
  "each waits for what it needs until that is healthy": [
    [
      "compose",
      "kafka: { condition: service_healthy",
      "kafka: { condition: service_started",
      "less than a healthy kafka",
    ],
    ["compose", "      order-2: { condition: service_healthy }\n", "", "gateway: it does not wait for order-2"],
  ],
  "each runs a service that there is": [
    ["compose", "command: [analytics]", "command: [reports]", "analytics-1: Name one of"],
    ["compose", "command: [customer]", "command: [order]", "customer-1: it runs order"],
  ],
  "each service has two processes, the gateway one": [
    ["compose", "  customer-2: { <<: *gendan, command: [customer] }\n", "", "customer has 1 processes"],
  ],
  "each takes its variables": [
    ["compose", "GENDAN_EVENT_BUS: kafka", "GENDAN_EVENTBUS: kafka", "GENDAN_EVENT_BUS is meant"],
    ["compose", "GENDAN_DOCUMENT_STORE: mongodb", "GENDAN_DOCUMENT_STORE: mongo", "sqlite, mongodb"],
    ["compose", "GENDAN_KEY_STORE: mongodb", "GENDAN_KEY_STORE: sqlite", "accepted where there are several"],
    ["dockerfile", "GENDAN_HOST=0.0.0.0", "GENDAN_HOSTS=0.0.0.0", "GENDAN_HOST is meant"],
  ],
  "the engines are given no variables of ours": [["compose", "CLUSTER_ID:", "GENDAN_HOST:", "kafka: GENDAN_HOST"]],
  "the gateway finds every process of every service": [
    ["compose", ",http://order-2:4000/graphql", "", "not told of http://order-2"],
    ["compose", "http://order-2:4000/", "http://order-3:4000/", "no process of order"],
    ["compose", "http://order-2:4000/", "http://order-2:4101/", "no process of order"],
    ["compose", "        customer=http", "        customers=http", "there is no service customers"],
  ],
  "each finds the engines": [
    ["compose", "GENDAN_KAFKA_BROKERS: kafka:9092", "GENDAN_KAFKA_BROKERS: broker:9092", "no service broker"],
    ["compose", "GENDAN_KAFKA_BROKERS: kafka:9092", "GENDAN_KAFKA_BROKERS: kafka:9093", "as kafka:9093"],
    ["compose", "PLAINTEXT://kafka:9092", "PLAINTEXT://localhost:9092", "as kafka:9092"],
    ["compose", "kurrentdb:2113?tls=false", "kurrentdb:2113?tls=true", "TLS on one side"],
    ["compose", "--replSet, rs0", "--replSet, rs1", "another port or set"],
    ["compose", 'host: "mongodb:27017"', 'host: "localhost:27017"', "founds another set"],
    [
      "compose",
      'networks: [inside]\n    volumes: ["mongodb-data',
      'networks: [outside]\n    volumes: ["mongodb-data',
      "no network with mongodb",
    ],
  ],
  "each can write nothing that is kept but its audit, and has no privileges": [
    ["compose", "  read_only: true\n", "", "order-1: "],
    ["compose", "audit:/var/lib/gendan", "audit:/var/lib", "order-1: "],
  ],
  "each runs as the image's user": [["dockerfile", "USER 1000:1000", "USER 1001:1001", "order-1: "]],
  "all stages stand on the Node that is tested on, pinned": [
    ["dockerfile", "node:24.21.0-", "node:24-", "base: node:24-"],
  ],
  "no dev dependency gets into the image": [
    ["dockerfile", "npm ci --omit=dev", "npm ci", "has dev dependencies"],
    ["dockerfile", "--from=dependencies /app", "--from=build /app", "has dev dependencies"],
    ["dockerfile", "FROM base AS runtime", "FROM build AS runtime", "stands on the stage build"],
    ["dockerfile", "rm -r node_modules/typescript ", "rm -r ", "npm leaves typescript in"],
  ],
  "only what was built gets into the image": [
    ["dockerfile", "COPY mappings ./mappings", "COPY . ./", "the whole checkout"],
  ],
  "it starts under an init process, with the flags of the tools": [
    ["dockerfile", '["tini", "--", ', "[", "not tini"],
    ["dockerfile", "--no-install-recommends tini", "--no-install-recommends", "not installed"],
    ["dockerfile", "serve-main.js", "server-main.js", "there is no apps/"],
    ["dockerfile", "--max-semi-space-size=8", "--max-semi-space-size=16", "NODE_OPTIONS is not"],
    ["dockerfile", "NODE_ENV=production", "NODE_ENV=test", "NODE_ENV is not"],
  ],
  "its user is not root": [["dockerfile", "USER 1000:1000\n", "", "the user is root"]],
  "its health check asks the port that is listened on": [
    ["dockerfile", 'health.mjs", "4000"', 'health.mjs", "4101"', "another port"],
    ["dockerfile", '/app/docker/health.mjs"', '/app/docker/healthy.mjs"', "no health check"],
  ],
  "the build sees only what is named for it": [
    ["dockerignore", "*\n!package.json", "!package.json", "begins with all"],
    ["dockerignore", "!docker\n", "!docker\n!.env\n", "it sees .env"],
    ["dockerignore", "**/node_modules\n", "", "it sees **/node_modules"],
    ["dockerignore", "!mappings\n", "", "mappings is not seen"],
  ],
  "the programs need nothing but dependencies": [["manifest", '    "kafkajs": "2.2.4",\n', "", "imports kafkajs"]],
};
