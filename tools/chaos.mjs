// npm run chaos: kills and starves a running system, and checks that nothing acknowledged is lost.
import { runProgram } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runProgram("apps/all-in-one/dist/chaos/main.js", process.argv.slice(2)));
