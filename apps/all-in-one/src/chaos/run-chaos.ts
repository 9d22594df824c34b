// Kills a loaded company again and again, and then compares what its clients were told with what is in its folder.
import { Client } from "./client.js";
import { gatherEvidence } from "./evidence.js";
import { acknowledgedIn, emptyLedger, type Ledger } from "./ledger.js";
import { acknowledgements, pause, replayAll, tokensOf, work, type Working } from "./load.js";
import { randomOf, type Random } from "./random.js";
import { reportOfWork, type ChaosOptions, type WorkReport } from "./report.js";
import { startServer, type ServerProcess } from "./server-process.js";

export interface ChaosReport extends WorkReport {
  /** Kills during a start. */
  readonly whileStarting: number;
  /** From the start of a process to its being ready, after a kill: the median, in milliseconds. */
  readonly restartMs: number;
}

/** A kill comes after 1 to so many acknowledgements … */
const LOAD = 40;
/** … and up to so many milliseconds, so that it meets every phase of a command. */
const JITTER_MS = 30;
/** This part of the kills comes before the server is ready. */
const WHILE_STARTING = 0.2;
/** … within this part of the shortest start so far. */
const SURELY_STARTING = 0.9;

/** Runs the scenario. Throws only where it cannot be run; what is wrong with the company is in the report. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { kills, seed, directory, log } = options;
  const began = performance.now();
  const random = randomOf(seed);
  const ledger = emptyLedger();
  // Known to the clients before there is a company. It keeps no secret: the company is gone after this.
  const secret = `chaos ${seed} `.padEnd(40, "·");
  const company = new Mortal(directory, secret, ledger);
  const tokens = await tokensOf(secret);
  const client = new Client(() => company.url(), tokens, ledger);
  const working = work(client, ledger, options, () => company.killed >= kills);
  try {
    while (company.killed < kills) {
      await killOnce(company, ledger, random, working);
      const acknowledged = acknowledgedIn(ledger).length;
      log(`kill ${company.killed} of ${kills}: ${acknowledged} acknowledged, ${ledger.journeys.length} orders begun`);
    }
    await company.start();
    await working.ended;
    log("every order is carried through; replaying what was acknowledged");
    await replayAll(client, ledger);
  } finally {
    await company.stop();
  }
  log("stopped; folding the documents again");
  const evidence = await gatherEvidence(directory, secret);
  const { whileStarting, restarts } = company;
  return {
    ...reportOfWork(options, ledger, evidence, began),
    whileStarting,
    restartMs: Math.round(restarts.toSorted((a, b) => a - b)[Math.floor(restarts.length / 2)] ?? 0),
  };
}

/** Starts the company, and kills it while it starts or when it has acknowledged some commands. */
async function killOnce(company: Mortal, ledger: Ledger, random: Random, { ended }: Working): Promise<void> {
  if (company.restarts.length > 0 && random.chance(WHILE_STARTING)) {
    const started = company.start();
    await pause(random.below(Math.min(...company.restarts) * SURELY_STARTING));
    await company.kill();
    await started;
    return;
  }
  await company.start();
  const enough = acknowledgements(ledger, 1 + random.below(LOAD));
  try {
    await Promise.race([enough.reached, ended, company.died()]);
  } finally {
    enough.forget();
  }
  await pause(random.below(JITTER_MS));
  await company.kill();
}

/** The company's process, time and again. */
class Mortal {
  killed = 0;
  whileStarting = 0;
  /** From start to ready, in milliseconds. */
  readonly restarts: number[] = [];
  private process: ServerProcess | undefined;
  private ready = false;
  private answering = Promise.withResolvers<string>();

  constructor(
    private readonly directory: string,
    private readonly secret: string,
    private readonly ledger: Ledger,
  ) {}

  /** Where it answers; while it is down, a promise of where it will. */
  url(): Promise<string> {
    return this.answering.promise;
  }

  /** Resolved when it is ready, or was killed before. */
  async start(): Promise<void> {
    const began = performance.now();
    const { directory, secret } = this;
    this.ready = false;
    const mine = (this.process = startServer({ directory, environment: { GENDAN_TOKEN_SECRET: secret } }));
    try {
      const url = await mine.ready;
      if (this.process !== mine) return;
      this.restarts.push(performance.now() - began);
      this.ready = true;
      this.answering.resolve(url);
    } catch (error) {
      if (this.process === mine) throw error;
    }
  }

  /** Resolved when it ended by itself. */
  async died(): Promise<void> {
    const mine = this.process!;
    const { how, complaints } = await mine.exited;
    if (this.process === mine) this.ledger.violations.push(`the server ended by itself (${how}): ${complaints}`);
  }

  async kill(): Promise<void> {
    const process = this.process!;
    this.process = undefined;
    const answering = this.answering;
    this.answering = Promise.withResolvers();
    // Nobody gets an address that was never given: whoever waits for this one waits for the next.
    answering.resolve(this.answering.promise);
    if (!this.ready) this.whileStarting++;
    await process.kill();
    this.killed++;
  }

  async stop(): Promise<void> {
    const process = this.process;
    this.process = undefined;
    if (!process) return;
    const { how, complaints } = await process.stop();
    if (how !== 0) this.ledger.violations.push(`a stop ended with ${how}: ${complaints}`);
  }
}
