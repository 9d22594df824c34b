// npm run bench: measures this machine against a fair comparator.
import { runProgram } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runProgram("apps/all-in-one/dist/bench/main.js", process.argv.slice(2)));
