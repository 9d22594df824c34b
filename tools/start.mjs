// npm start: the whole system in one process on the embedded engines. `npm start -- --port 0 --data DIR --empty`.
import { flagsFromNpm } from "./npm-flags.mjs";
import { runServer } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runServer("apps/all-in-one/dist/main.js", flagsFromNpm(process.argv.slice(2), process.env)));
