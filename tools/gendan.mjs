// npm run gendan -- …: the command line for people and scripts (apps/cli).
import { runProgram } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runProgram("apps/cli/dist/main.js", process.argv.slice(2)));
