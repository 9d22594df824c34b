// The servers of one test run: what the variables name, else Docker's, else this machine's own processes.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Problem, say } from "../workspace.mjs";
import { dockerAnswers, images, startContainer } from "./containers.mjs";
import { installed } from "./programs.mjs";
import { engines } from "./server.mjs";

const program = fileURLToPath(new URL("../engines.mjs", import.meta.url));
const variableOf = (name) => `GENDAN_TEST_${name.toUpperCase()}`;

/** Of this run. The setup and the teardown are two modules in one process, and Jest may load this one for each. */
const started = (globalThis[Symbol.for("gendan.test.servers")] ??= []);

/**
 * `{ shared: { kafka: { address } }, own: { kafka: {} } }` for what is wanted; where none can be had, `{ missing }` says
 * why, and what would provide it.
 */
export async function startServersFor({ shared, own }) {
  let docker;
  const answers = () => (docker ??= dockerAnswers());
  const [sharedAnswers, ownAnswers] = await Promise.all([
    each(shared, (name) => sharedServer(name, answers)),
    each(own, localProgram),
  ]);
  return { shared: sharedAnswers, own: ownAnswers };
}

export async function endServers() {
  await Promise.all(started.splice(0).map((stop) => stop()));
}

async function sharedServer(name, answers) {
  const named = process.env[variableOf(name)];
  if (named) return told(name, named, variableOf(name));
  const reasons = [];
  if (await answers()) {
    try {
      const { address, stop } = await startContainer(name);
      started.push(stop);
      return told(name, address, `Docker, ${images[name]}`);
    } catch (error) {
      reasons.push(`Docker could not start it: ${firstLine(error)}`);
    }
  }
  const { missing, reason } = await localProgram(name);
  if (missing === undefined) {
    const address = await startLocal(name);
    return told(name, address, `${engines[name].program} ${engines[name].version} on this machine`);
  }
  if (reason) reasons.push(reason);
  const install = engines[name] ? [`install ${engines[name].wants}`] : [];
  const ways = [`set ${variableOf(name)}`, "start Docker", ...install];
  return { missing: `${ways.slice(0, -1).join(", ")} or ${ways.at(-1)}${because(reasons)}` };
}

/** Which server a run was on is a part of what it proves. */
function told(name, address, from) {
  say(`${name} for the tests: ${address} (${from})`);
  return { address };
}

/** Whether this machine can run the engine by itself; installs it when it can and has not yet. */
async function localProgram(name) {
  if (!Object.hasOwn(engines, name)) return { missing: "it runs in Docker alone" };
  try {
    await installed(engines[name]);
    return {};
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { missing: `install ${engines[name].wants}${because([error.message])}`, reason: error.message };
  }
}

/** A child that ends when this process does, whatever happens to it; it says itself why it could not start. */
async function startLocal(name) {
  const child = spawn(process.execPath, [program, "run", name], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const gone = new Promise((resolve) => child.once("close", resolve));
  started.push(async () => {
    child.kill("SIGTERM");
    await gone;
  });
  const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  if (value === undefined) throw new Problem(`${name} could not be started`);
  return JSON.parse(value).address;
}

const each = async (names, work) =>
  Object.fromEntries(await Promise.all([...names].map(async (name) => [name, await work(name)])));

const firstLine = (error) => String(error.message ?? error).split("\n")[0];
const because = (reasons) => (reasons.length > 0 ? ` (${reasons.join("; ")})` : "");
