// The built server in a process of its own, as `npm start` runs it: started, asked, killed, stopped.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { nodeFlags, root, withoutSettings } from "../child-process.js";

export interface ServerSettings {
  readonly directory: string;
  /** Below apps/all-in-one/dist; the whole company in one process when absent. */
  readonly program?: string;
  /** Besides `--port 0 --data DIR --empty`, or instead of it. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Exit {
  /** The exit code, or the signal that ended it. */
  readonly how: number | NodeJS.Signals;
  readonly output: string;
  readonly complaints: string;
}

export interface ServerProcess {
  readonly pid: number;
  /** Where it answers, once it says that it is ready. Rejects when it ends before that. */
  readonly ready: Promise<string>;
  readonly exited: Promise<Exit>;
  /** What it has printed so far. */
  output(): string;
  /** Ends it at once, as a crash would; resolved when it is gone. */
  kill(): Promise<Exit>;
  /** Asks it to stop. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

/** Starts the server; nothing of this process's own settings reaches it. */
export function startServer({ directory, program = "main.js", args, environment = {} }: ServerSettings): ServerProcess {
  const flags = args ?? ["--port", "0", "--data", directory, "--empty"];
  const child = spawn(process.execPath, [...nodeFlags, join(root, "apps/all-in-one/dist", program), ...flags], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...withoutSettings(), ...environment },
  });
  const { said, exited, output } = listen(child);
  const end = (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };
  const url = said.then((output) => /(http:\/\/[^/]+)\/graphql/.exec(output)?.[1]);
  const ready = Promise.race([
    url.then((found) => found ?? Promise.reject(new Error("It does not say where it answers."))),
    exited.then(({ how, complaints }) =>
      Promise.reject(new Error(`It ended (${how}) before it was ready: ${complaints}`)),
    ),
  ]);
  ready.catch(() => undefined); // whoever waits for it hears of it; nobody has to
  return {
    pid: child.pid!,
    ready,
    exited,
    output,
    kill: () => end("SIGKILL"),
    stop: (signal = "SIGTERM") => end(signal),
  };
}

function listen(child: ChildProcess): {
  readonly said: Promise<string>;
  readonly exited: Promise<Exit>;
  output(): string;
} {
  let [output, complaints] = ["", ""];
  const { promise: said, resolve } = Promise.withResolvers<string>();
  child.stdout!.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes("Ctrl-C")) resolve(output); // the last line of its welcome
  });
  child.stderr!.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const exited = new Promise<Exit>((done, failed) => {
    child.once("error", failed);
    child.once("close", (code, signal) => done({ how: code ?? signal!, output, complaints }));
  });
  return { said, exited, output: () => output };
}
