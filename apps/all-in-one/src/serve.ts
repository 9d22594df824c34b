// What `npm start` does once it knows how: opens the company, fills it when it is new, answers until it is stopped.
import "reflect-metadata";
import { resolve } from "node:path";
import { baseConfig, createLog, readConfig } from "@gendan/service-kit";
import { aborted } from "./aborted.js";
import { openCompany, type Company } from "./company.js";
import type { Flags } from "./flags.js";
import { takesOwnTokens } from "./trust.js";

/** Prints a line for the person at the terminal. */
type Say = (line: string) => void;

/** Resolved when it was stopped and everything is closed. Throws Faults whose message is one line for a person. */
export async function serve(flags: Flags, stopping: AbortSignal, say: Say): Promise<void> {
  const config = readConfig(baseConfig, process.env);
  const company = await openCompany({
    where: { directory: resolve(flags.data) },
    config,
    log: createLog({ level: config.logLevel, service: "gendan" }),
    ...(config.tokenSecret === undefined ? {} : { tokenSecret: config.tokenSecret }),
  });
  try {
    // The sample's people come in by own tokens.
    if (takesOwnTokens(config)) await fillWithSample(company, flags, stopping, say);
    if (stopping.aborted) return;
    const url = await company.listen({ port: flags.port, host: config.host });
    say(welcome(url, flags));
    await aborted(stopping);
    say("Stopping.");
  } finally {
    await company.stop();
  }
}

/** An empty folder gets the sample company, unless it shall stay empty; one with half a sample is not started. */
async function fillWithSample(company: Company, { empty }: Flags, signal: AbortSignal, say: Say): Promise<void> {
  if (!(await isEmpty(company))) {
    const { checkSample } = await import("./sample/marks.js");
    return checkSample(company.services);
  }
  if (empty) return;
  const { makeSample } = await import("./sample/make-sample.js");
  say("An empty data folder: making a small sample company …");
  const { orders, seconds } = await makeSample(company, { now: new Date(), signal });
  say(`Made: ${orders} orders in ${seconds.toFixed(1)} s.`);
}

async function isEmpty({ services }: Company): Promise<boolean> {
  const heads = await Promise.all([...services.values()].map(({ engines }) => engines.eventStore.head()));
  return heads.every((head) => head === undefined);
}

function welcome(url: string, { data }: Flags): string {
  const elsewhere = data === ".gendan" ? "" : ` --data ${data}`;
  return `Gendan 跟单 is ready.
  Open      ${url}/graphql        (explorer 查询页面)
  Health    ${url}/health/ready
  A token   npm run --silent gendan -- token --role manager --user me${elsewhere}
  Import    npm run --silent gendan -- import <mapping> <folder> --url ${url}${elsewhere}
  Stop      Ctrl-C`;
}
