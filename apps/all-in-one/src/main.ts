// `npm start`: the whole company in one process on one machine.
import "reflect-metadata";
import { resolve } from "node:path";
import { isFault } from "@gendan/eventing";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import { openCompany, type Company } from "./company.js";
import { readFlags, USAGE, type Flags } from "./flags.js";

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) return console.log(USAGE);
  const config = readConfig(baseConfig, process.env);
  const log = createLog({ level: config.logLevel, service: "gendan" });
  const stopping = new AbortController();
  // Listened to from the first moment on: a stop during the start is a clean stop too.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const company = await openCompany({
    where: { directory: resolve(flags.data) },
    log,
    ...(config.tokenSecret === undefined ? {} : { tokenSecret: config.tokenSecret }),
    documentBounds: { tokens: config.queryTokens, remembered: config.rememberedQueries },
    bodyBytes: config.requestBodyBytes,
  });
  try {
    await fillWithSample(company, flags, stopping.signal);
    if (stopping.signal.aborted) return;
    const url = await company.listen({ port: flags.port, host: config.host });
    console.log(welcome(url, flags));
    await aborted(stopping.signal);
    console.log("Stopping.");
  } finally {
    await company.stop();
  }
}

/** An empty folder gets the sample company, unless it shall stay empty; one with half a sample is not started. */
async function fillWithSample(company: Company, { empty }: Flags, signal: AbortSignal): Promise<void> {
  if (!(await isEmpty(company))) {
    const { checkSample } = await import("./sample/marks.js");
    return checkSample(company.services);
  }
  if (empty) return;
  const { makeSample } = await import("./sample/make-sample.js");
  console.log("An empty data folder: making a small sample company …");
  const { orders, seconds } = await makeSample(company, { now: new Date(), signal });
  console.log(`Made: ${orders} orders in ${seconds.toFixed(1)} s.`);
}

async function isEmpty({ services }: Company): Promise<boolean> {
  const heads = await Promise.all([...services.values()].map(({ engines }) => engines.eventStore.head()));
  return heads.every((head) => head === undefined);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve());
    // A signal's listener alone does not keep the process alive; the server does.
  });

function welcome(url: string, { data }: Flags): string {
  const elsewhere = data === ".gendan" ? "" : ` --data ${data}`;
  return `Gendan 跟单 is ready.
  Open      ${url}/graphql        (explorer 查询页面)
  Health    ${url}/health/ready
  A token   npm run --silent gendan -- token --role manager --user me${elsewhere}
  Import    npm run --silent gendan -- import <mapping> <folder> --url ${url}${elsewhere}
  Stop      Ctrl-C`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    // A fault is a line for a person; anything else is a defect, and its stack is what mends it.
    if (isFault(error)) console.error(`gendan: ${error.message}`);
    else console.error(error);
    process.exit(1);
  },
);
