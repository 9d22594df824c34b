// `npm start`: the whole company in one process on one machine.
import { isFault } from "@gendan/eventing";
import { readFlags, USAGE } from "./flags.js";

// Listened to before the rest is loaded, which takes most of a start: a stop during the start is a clean stop too.
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) return console.log(USAGE);
  const { serve } = await import("./serve.js");
  await serve(flags, stopping.signal, console.log);
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
