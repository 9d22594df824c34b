// What holds of our own processes: that they take what they are told, and find each other and the engines.
import { checkEngines } from "@gendan/all-in-one/engines";
import { GATEWAY, readServeFlags } from "@gendan/all-in-one/processes/flags";
import { serviceNames } from "@gendan/all-in-one/service-names";
import { isFault } from "@gendan/eventing";
import { readSubgraphs } from "@gendan/gateway/subgraph-urls";
import { baseConfig, ConfigFault, readConfig, type BaseConfig } from "@gendan/service-kit";
import type { ComposeService } from "./compose-file.js";
import { environmentOf, valuesOf } from "./dockerfile.js";
import { argumentsOf, enginesOf, ownOf, type Files, type Rule } from "./files.js";

/** Two of each: one can be lost. */
const PROCESSES = 2;

export const rulesOfProcesses = {
  "each runs a service that there is": (files) =>
    ownOf(files).flatMap(([name, service]) => {
      const flags = faultsOr(() => readServeFlags(argumentsOf(files, service)));
      if ("faults" in flags) return flags.faults.map((fault) => `${name}: ${fault}`);
      return name.replace(/-\d+$/, "") === flags.value.service ? [] : [`${name}: it runs ${flags.value.service}`];
    }),

  "each service has two processes, the gateway one": (files) =>
    [...serviceNames, GATEWAY].flatMap((service) => {
      const count = processesOf(files, service).length;
      return count === (service === GATEWAY ? 1 : PROCESSES) ? [] : [`${service} has ${count} processes`];
    }),

  "each takes its variables": (files) =>
    ownOf(files).flatMap(([name, service]) => {
      const config = faultsOr(() => configOf(files, service));
      return "faults" in config ? config.faults.map((fault) => `${name}: ${fault}`) : [];
    }),

  "the engines are given no variables of ours": (files) =>
    enginesOf(files).flatMap(([name, { environment = {} }]) =>
      Object.keys(environment)
        .filter((variable) => variable.startsWith("GENDAN_"))
        .map((variable) => `${name}: ${variable}`),
    ),

  "the gateway finds every process of every service": (files) => {
    const { gateway } = files.compose.services;
    if (!gateway) return ["there is no gateway"];
    const read = faultsOr(() => readSubgraphs(gateway.environment?.["GENDAN_SUBGRAPHS"] ?? "", serviceNames));
    if ("faults" in read) return read.faults;
    return serviceNames.flatMap((service) => {
      const there = processesOf(files, service).map(([name, port]) => `http://${name}:${port}/graphql`);
      const named = read.value[service] ?? [];
      return [
        ...named.filter((url) => !there.includes(url)).map((url) => `${url} is no process of ${service}`),
        ...there.filter((url) => !named.includes(url)).map((url) => `the gateway is not told of ${url}`),
      ];
    });
  },

  "each finds the engines": (files) =>
    ownOf(files).flatMap(([name, service]) => {
      const config = faultsOr(() => configOf(files, service));
      if ("faults" in config) return config.faults;
      return [
        ...kafka(files, config.value),
        ...eventStore(files, config.value),
        ...mongodb(files, config.value),
      ].flatMap(({ host, fault }) => {
        const engine = files.compose.services[host];
        if (!engine) return [`${name}: there is no service ${host}`];
        const meet = service.networks?.some((network) => engine.networks?.includes(network));
        return [...(fault ? [`${name}: ${fault}`] : []), ...(meet ? [] : [`${name}: it has no network with ${host}`])];
      });
    }),

  "each can write nothing that is kept but its audit, and has no privileges": (files) =>
    ownOf(files)
      .filter(
        ([, { read_only, tmpfs, cap_drop, security_opt, volumes }]) =>
          read_only !== true ||
          !tmpfs?.includes("/tmp") ||
          cap_drop?.join() !== "ALL" ||
          !security_opt?.includes("no-new-privileges:true") ||
          volumes?.join() !== `audit:${valuesOf(files.dockerfile.runtime, "WORKDIR").at(-1)}`,
      )
      .map(([name]) => `${name}: read_only, tmpfs, cap_drop, security_opt or volumes`),

  "each runs as the image's user": (files) =>
    ownOf(files)
      .filter(([, { user }]) => user !== valuesOf(files.dockerfile.runtime, "USER").at(-1))
      .map(([name]) => `${name}: it runs as another user than the image's, who may read nothing there`),
} satisfies Readonly<Record<string, Rule>>;

const configOf = ({ dockerfile }: Files, { environment = {} }: ComposeService): BaseConfig => {
  const config = readConfig(baseConfig, { ...environmentOf(dockerfile.runtime), ...environment });
  checkEngines(config, false);
  return config;
};

/** Names and ports of the processes that run the service. */
const processesOf = (files: Files, service: string): readonly (readonly [string, number])[] =>
  ownOf(files).flatMap(([name, each]) => {
    const flags = faultsOr(() => readServeFlags(argumentsOf(files, each)));
    return "value" in flags && flags.value.service === service ? [[name, flags.value.port] as const] : [];
  });

/** An engine as a process of ours is told of it, and what of that is not so. */
interface Told {
  readonly host: string;
  readonly fault?: string | undefined;
}

function kafka({ compose }: Files, { kafkaBrokers = [] }: BaseConfig): readonly Told[] {
  return kafkaBrokers.map((broker) => {
    const [host = "", port] = broker.split(":");
    const { KAFKA_LISTENERS = "", KAFKA_ADVERTISED_LISTENERS = "" } = compose.services[host]?.environment ?? {};
    const listens = KAFKA_LISTENERS.split(",").some((listener) => listener.endsWith(`://:${port}`));
    const advertises = KAFKA_ADVERTISED_LISTENERS.split(",").some((listener) => listener.endsWith(`://${broker}`));
    return { host, fault: listens && advertises ? undefined : `Kafka does not answer at ${broker} as ${broker}` };
  });
}

function eventStore({ compose }: Files, { eventstoreUrl = "" }: BaseConfig): readonly Told[] {
  const { hostname, port, searchParams } = new URL(eventstoreUrl.replace(/^[a-z]+:/, "http:"));
  const { KURRENTDB_NODE_PORT, KURRENTDB_INSECURE } = compose.services[hostname]?.environment ?? {};
  const same =
    port === KURRENTDB_NODE_PORT && (searchParams.get("tls") === "false") === (KURRENTDB_INSECURE === "true");
  return [{ host: hostname, fault: same ? undefined : "the event store has another port, or TLS on one side alone" }];
}

function mongodb({ compose }: Files, { mongodbUrl = "" }: BaseConfig): readonly Told[] {
  const { hostname, port, searchParams } = new URL(mongodbUrl.replace(/^mongodb:/, "http:"));
  const { command = [], healthcheck } = compose.services[hostname] ?? {};
  const told = (flag: string) => command[command.indexOf(flag) + 1];
  const founded = healthcheck?.test.join(" ").replaceAll(/\s+/g, " ") ?? "";
  const set = searchParams.get("replicaSet");
  const faults = [
    ...(told("--replSet") === set && told("--port") === port ? [] : ["MongoDB has another port or set than its URL"]),
    ...(founded.includes(`_id: "${set}", members: [{ _id: 0, host: "${hostname}:${port}" }]`)
      ? []
      : ["MongoDB's health check founds another set than its URL names"]),
  ];
  return [{ host: hostname, fault: faults.join("; ") || undefined }];
}

type FaultsOr<Value> = { readonly value: Value } | { readonly faults: readonly string[] };

function faultsOr<Value>(read: () => Value): FaultsOr<Value> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ConfigFault) return { faults: error.faults };
    if (isFault(error)) return { faults: [error.message] };
    throw error;
  }
}
