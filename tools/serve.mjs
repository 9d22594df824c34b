// npm run serve -- <service>: one service, or the gateway, as a process of its own, on the engines that variables name.
import { runServer } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runServer("apps/all-in-one/dist/processes/serve-main.js", process.argv.slice(2)));
