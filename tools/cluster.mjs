// npm run cluster: every service and the gateway as its own process, kept running. `npm run cluster -- status --data DIR`.
import { runServer } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runServer("apps/all-in-one/dist/processes/cluster-main.js", process.argv.slice(2)));
