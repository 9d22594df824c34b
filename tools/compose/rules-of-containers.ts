// What holds of every container of docker-compose.yml, whatever runs in it.
import { enginesOf, isOwn, ownOf, servicesOf, type Files, type Rule } from "./files.js";
import { valuesOf } from "./dockerfile.js";
import type { ComposeService } from "./compose-file.js";

/** A whole version, perhaps with what it is built for, perhaps with the digest. */
const PINNED = /^[\w.-]+(\/[\w.-]+)*:\d+\.\d+\.\d+(-[\w.-]+)?(@sha256:[0-9a-f]{64})?$/;
const SECRET = /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE|_KEY$/;

/** Where the image of each engine keeps its data. */
const DATA_FOLDERS: Readonly<Record<string, string>> = {
  "docker.io/apache/kafka": "/var/lib/kafka/data",
  "docker.io/kurrentplatform/kurrentdb": "/var/lib/kurrentdb",
  "docker.io/library/mongo": "/data/db",
};

/** One line for each service of which it does not hold. */
const each =
  (services: (files: Files) => readonly (readonly [string, ComposeService])[], fault: string) =>
  (holds: (service: ComposeService, files: Files) => boolean): Rule =>
  (files) =>
    services(files)
      .filter(([, service]) => !holds(service, files))
      .map(([name]) => `${name}: ${fault}`);

export const rulesOfContainers = {
  "images are pinned by version": each(
    servicesOf,
    "its image is not pinned by a whole version",
  )(({ image }) => PINNED.test(image)),

  "our own image carries our version": each(
    ownOf,
    "its image is of another version than package.json",
  )(({ image }, { manifest }) => image === `gendan:${manifest.version}`),

  "one service builds the image, the others never look for it elsewhere": (files) => {
    const builders = ownOf(files).filter(([, { build }]) => build !== undefined);
    const wrong = ownOf(files).filter(([, { build, pull_policy }]) => pull_policy !== (build ? "build" : "never"));
    return [
      ...(builders.length === 1 ? [] : [`${builders.length} services build the image`]),
      ...wrong.map(([name]) => `${name}: its image may come from a registry`),
    ];
  },

  "each has a health check": each(
    servicesOf,
    "it has no health check",
  )(
    (service, { dockerfile }) =>
      service.healthcheck !== undefined || (isOwn(service) && hasHealthCheck(dockerfile.runtime)),
  ),

  "engines keep their data in named volumes": (files) =>
    enginesOf(files).flatMap(([name, { image, volumes = [] }]) => {
      const folder = DATA_FOLDERS[image.replace(/:.*/, "")];
      if (folder === undefined) return [`${name}: nobody has said where the image ${image} keeps its data`];
      return volumes.some((volume) => volume.endsWith(`:${folder}`))
        ? []
        : [`${name}: ${folder} is in no named volume`];
    }),

  "volumes and networks are declared and used": ({ compose }) => [
    ...unlike(
      "volume",
      Object.keys(compose.volumes),
      used(compose.services, ({ volumes = [] }) => volumes.map(nameIn)),
    ),
    ...unlike(
      "network",
      Object.keys(compose.networks),
      used(compose.services, ({ networks = [] }) => networks),
    ),
  ],

  "nothing but the gateway is published, and that to this machine": (files) =>
    servicesOf(files).flatMap(([name, { ports = [] }]) => {
      const wanted = name === "gateway" ? ["127.0.0.1:4000:4000"] : [];
      return ports.join() === wanted.join() ? [] : [`${name}: it publishes ${ports.join(", ") || "nothing"}`];
    }),

  "engines are on a network without a way out": (files) =>
    enginesOf(files).flatMap(([name, { networks = ["default"] }]) =>
      networks.every((network) => files.compose.networks[network]?.internal === true)
        ? []
        : [`${name}: it is on a network that leads outside`],
    ),

  "there is no secret in the file": (files) =>
    servicesOf(files).flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([variable, value]) => (SECRET.test(variable) && value !== "") || /:\/\/[^/\s]*@/.test(value))
        .map(([variable]) => `${name}: ${variable} has a secret in it`),
    ),

  "nobody is root": each(
    servicesOf,
    "it runs as root, or as whoever the image says",
  )(({ user = "root" }) => !/^(root|0)(:|$)/.test(user)),

  "an init process buries orphans, and one alone": each(
    servicesOf,
    "it has no init process, or the image's own and Docker's",
  )((service) => (service.init ?? false) !== isOwn(service)),

  "each comes back, has time to stop and a bound to its memory": each(
    servicesOf,
    "restart, stop_grace_period or mem_limit is missing",
  )(
    ({ restart, stop_grace_period, mem_limit }) =>
      restart === "unless-stopped" && stop_grace_period !== undefined && mem_limit !== undefined,
  ),

  "each waits for what it needs until that is healthy": (files) => {
    const engines = enginesOf(files).map(([name]) => name);
    const others = ownOf(files).map(([name]) => name);
    return servicesOf(files).flatMap(([name, service]) => {
      const needed = !isOwn(service) ? [] : name === "gateway" ? [...engines, ...others] : engines;
      const waits = Object.entries(service.depends_on ?? {});
      return [
        ...needed
          .filter((each) => each !== name && !service.depends_on?.[each])
          .map((each) => `${name}: it does not wait for ${each}`),
        ...waits.filter(([each]) => !needed.includes(each)).map(([each]) => `${name}: it waits for ${each}`),
        ...waits
          .filter(([, { condition }]) => condition !== "service_healthy")
          .map(([each]) => `${name}: it waits for less than a healthy ${each}`),
      ];
    });
  },
} satisfies Readonly<Record<string, Rule>>;

const hasHealthCheck = (runtime: Files["dockerfile"]["runtime"]): boolean =>
  /CMD \[/.test(valuesOf(runtime, "HEALTHCHECK").at(-1) ?? "NONE");

const nameIn = (volume: string): string => volume.replace(/:.*/, "");

const used = (
  services: Readonly<Record<string, ComposeService>>,
  of: (service: ComposeService) => readonly string[],
): readonly string[] => [...new Set(Object.values(services).flatMap(of))];

const unlike = (kind: string, declared: readonly string[], used: readonly string[]): readonly string[] => [
  ...declared.filter((name) => !used.includes(name)).map((name) => `the ${kind} ${name} is used by nobody`),
  ...used.filter((name) => !declared.includes(name)).map((name) => `the ${kind} ${name} is not declared`),
];
