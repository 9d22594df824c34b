// Code in a process of its own: for what only a second process, or the death of one, can show.
import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createInterface } from "node:readline";

export interface Child {
  readonly pid: number;
  /** The next line that it prints; rejects when it ends without one, with what it complained about. */
  line(): Promise<string>;
  /** Ends it at once, as a crash would; resolved when it is gone. */
  kill(): Promise<void>;
}

const root = pathToFileURL(fileURLToPath(new URL("../../../", import.meta.url)));

/** Lets plain Node run the sources: `@gendan/…` and `./x.js` are found as TypeScript files. */
const hooks = `
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(request, context, next) {
      const [, name, rest = "index"] = /^@gendan\\/([^/]+)(?:\\/(.+))?$/.exec(request) ?? [];
      if (name) return next("${root}libs/" + name + "/src/" + rest + ".ts", context);
      const own = context.parentURL?.startsWith("${root}libs/") && /^\\.{1,2}\\//.test(request);
      return next(own ? request.replace(/\\.js$/, ".ts") : request, context);
    },
  });`;

/** Runs an ES module given as text; it imports as the sources do. */
export function startChild(code: string): Child {
  const flags = [
    "--experimental-transform-types",
    "--no-warnings",
    "--import",
    `data:text/javascript,${encodeURIComponent(hooks)}`,
  ];
  const child = spawn(process.execPath, [...flags, "--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    pid: child.pid!,
    async line() {
      const { value, done } = await lines.next();
      if (done) await gone.then(() => Promise.reject(new Error(`The child ended: ${complaints}`)));
      return value as string;
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
