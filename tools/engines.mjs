// npm run engines: real servers for tests and for trying Gendan on them, without Docker.
import { parseArgs } from "node:util";
import { ensureInstalled } from "./ensure.mjs";
import { down, exportsOf, statusOf, up } from "./engines/commands.mjs";
import { runInForeground } from "./engines/run.mjs";
import { engines } from "./engines/server.mjs";
import { Problem, main } from "./workspace.mjs";

const usage = `npm run --silent engines -- COMMAND
  up [ENGINE…] [--data DIR]                 install and start; prints what to export: eval "$(npm run --silent engines -- up)"
  down [ENGINE…]                            end what up started
  status                                    one JSON object a line
  run ENGINE [--data DIR] [--port N]        one server in the foreground; prints {"engine","pid","address"} when it answers
ENGINE is ${Object.keys(engines).join(" or ")}; without one, all. Data is kept only in a folder that is named.`;

const options = { data: { type: "string" }, port: { type: "string" } };
const print = (line) => process.stdout.write(`${line}\n`);

await main(async () => {
  const { positionals, values } = argumentsOf(process.argv.slice(2));
  const [command, ...named] = positionals;
  const unknown = named.find((name) => !Object.hasOwn(engines, name));
  if (unknown !== undefined) throw new Problem(`there is no engine ${unknown}\n${usage}`);
  const names = named.length > 0 ? named : Object.keys(engines);
  await ensureInstalled();
  switch (command) {
    case "up":
      return printUp(await up(names, values));
    case "down":
      return down(names);
    case "status":
      for (const name of names) print(JSON.stringify(await statusOf(name)));
      return undefined;
    case "run":
      if (named.length !== 1) throw new Problem(`run takes one engine\n${usage}`);
      return runInForeground(named[0], { ...values, port: portOf(values.port) });
    default:
      throw new Problem(usage);
  }
});

function argumentsOf(args) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Problem(`${error.message}\n${usage}`);
  }
}

function portOf(text) {
  const port = Number(text);
  if (text === undefined || port === 0) return undefined;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Problem(`--port ${text} is no port`);
  return port;
}

function printUp({ running, problems }) {
  for (const line of exportsOf(running)) print(line);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
}
