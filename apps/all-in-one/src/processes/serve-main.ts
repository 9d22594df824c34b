// `npm run serve -- <service>`: one service, or the gateway, as a process of its own.
import "reflect-metadata";
import { resolve } from "node:path";
import { isFault } from "@gendan/eventing";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import { aborted } from "../aborted.js";
import { GATEWAY, readServeFlags, SERVE_USAGE } from "./flags.js";

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

async function main(): Promise<void> {
  const { help, service, port, data, shared } = readServeFlags(process.argv.slice(2));
  if (help) return console.log(SERVE_USAGE);
  const config = readConfig(baseConfig, process.env);
  const log = createLog({ level: config.logLevel, service });
  const options = { port, directory: resolve(data), config, log };
  const running =
    service === GATEWAY
      ? await (await import("./serve-gateway.js")).serveGateway(options, shared)
      : await (await import("./serve-service.js")).serveService(service, options);
  try {
    // Whoever started it as a part of something larger hears it on the wire, a person on the screen.
    process.send?.({ url: running.url });
    console.log(`${service} answers on ${running.url}/graphql`);
    await aborted(stopping.signal);
  } finally {
    await running.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (isFault(error)) console.error(`gendan: ${error.message}`);
    else console.error(error);
    process.exit(1);
  },
);
