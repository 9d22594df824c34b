// How the event store is reached: the client's connection string, looked at before the client sees it.
import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type {
  ChannelCredentialOptions,
  Credentials,
  DNSClusterOptions,
  GossipClusterOptions,
  SingleNodeOptions,
} from "@eventstore/db-client";
import { parseConnectionString } from "@eventstore/db-client/dist/Client/parseConnectionString.js";
import { Fault } from "@gendan/eventing";

export interface EventStoreDbSettings {
  /**
   * `esdb://` or `kurrentdb://` with `[user:password@]host[:port][,…]?tls=…`, or `esdb+discover://` with a DNS name of
   * the cluster. Options: tls, tlsCAFile, userCertFile, userKeyFile, nodePreference, maxDiscoverAttempts,
   * discoveryInterval, gossipTimeout, connectionName, keepAliveInterval, keepAliveTimeout.
   */
  readonly connectionString: string;
  /** Its streams are `<service>.…`; no others are written, read or followed. */
  readonly service: string;
  /** Instead of those in the connection string. Without TLS the client sends none. */
  readonly username?: string;
  readonly password?: string;
  /** Certificates of the authorities, PEM; instead of tlsCAFile. */
  readonly ca?: string;
  /** How long the server may keep a call waiting, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number;
  /** How long a subscription may be silent before it is compared with the head, in milliseconds. Default 30,000. */
  readonly watchdogMs?: number;
  /** How often at most a checkpoint without events is handed on, in milliseconds. Default 5,000. */
  readonly checkpointMs?: number;
  /** Told of each fault that a subscription recovers from by itself. */
  readonly report?: (fault: Fault) => void;
}

/** What the client is made of. */
export interface Reaching {
  readonly endpoints: DNSClusterOptions | GossipClusterOptions | SingleNodeOptions;
  readonly channel: ChannelCredentialOptions;
  readonly user?: Credentials;
  /** For people: hosts and TLS, without credentials. */
  readonly address: string;
}

const OPTIONS = [
  ...["tls", "tlsCAFile", "userCertFile", "userKeyFile", "nodePreference", "maxDiscoverAttempts", "discoveryInterval"],
  ...["gossipTimeout", "connectionName", "defaultDeadline", "keepAliveInterval", "keepAliveTimeout"],
];

/** Throws CONFIGURATION, in a line that never has the password in it. */
export function reaching(settings: EventStoreDbSettings): Reaching {
  const parsed = parse(settings.connectionString);
  const { dnsDiscover, hosts, tls = true, defaultCredentials } = parsed;
  const { username = defaultCredentials?.username, password = defaultCredentials?.password } = settings;
  const { tlsCAFile, userCertFile, userKeyFile, nodePreference, maxDiscoverAttempts, discoveryInterval } = parsed;
  const { gossipTimeout, keepAliveInterval, keepAliveTimeout, connectionName = `gendan-${settings.service}` } = parsed;
  const ca = settings.ca === undefined ? fileOf(tlsCAFile) : Buffer.from(settings.ca);
  const common = given({ connectionName, keepAliveInterval, keepAliveTimeout });
  const cluster = given({ nodePreference, maxDiscoverAttempts, discoveryInterval, gossipTimeout });
  const [first] = hosts as [(typeof hosts)[number]];
  return {
    endpoints: {
      ...common,
      ...(dnsDiscover
        ? { discover: first, ...cluster }
        : hosts.length > 1
          ? { endpoints: hosts, ...cluster }
          : { endpoint: first }),
    },
    channel: {
      insecure: !tls,
      ...given({ rootCertificate: ca, userCertFile: fileOf(userCertFile), userKeyFile: fileOf(userKeyFile) }),
    },
    ...(username !== undefined && password !== undefined && { user: { username, password } }),
    address: `${hosts.map(({ address, port }) => `${address}:${port}`).join(", ")}${tls ? "" : " (without TLS)"}`,
  };
}

function parse(connectionString: string): ReturnType<typeof parseConnectionString> {
  const text = connectionString.trim().replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:\/\//, "esdb$1://");
  const [authority = "", query = ""] = text.replace(/^[^:]+:\/\//, "").split("?", 2);
  for (const pair of query.split("&").filter(Boolean)) {
    // The client would ignore them with a warning that shows the whole string.
    const name = pair.split("=", 1)[0]!;
    const known = OPTIONS.some((option) => flat(option) === flat(name));
    if (!known) throw refused(`it has no option ${name} here; there are ${OPTIONS.join(", ")}`);
  }
  const credentials = authority.slice(0, Math.max(authority.lastIndexOf("@"), 0));
  if (/@/.test(credentials) || credentials.split(":").length > 2) {
    throw refused("write % escapes for @ and : in its user and password");
  }
  try {
    return parseConnectionString(text);
  } catch (error) {
    // Its message quotes the string, and that may be the password.
    const { expected } = error as { expected?: string };
    throw refused(
      `${expected === undefined ? "it cannot be read" : `expected ${expected}`}; it looks like ` +
        "esdb://user:password@host:2113?tls=true&tlsCAFile=ca.crt",
    );
  }
}

const flat = (name: string): string => name.trim().toLowerCase().replace(/[_-]/g, "");

const refused = (why: string): Fault => new Fault("CONFIGURATION", `The event store's connection string: ${why}.`);

function fileOf(path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined;
  const file = isAbsolute(path) ? path : resolve(path);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Fault(
      "CONFIGURATION",
      `The event store's certificate file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      { file },
      { cause },
    );
  }
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out what is undefined: the client's own defaults are for absent options. */
function given<T extends object>(options: T): Partial<Given<T>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Given<T>>;
}
