// npm run schema: the public GraphQL schema in the repository, written anew; `-- release` keeps it as released.
import { runProgram } from "./run.mjs";
import { main } from "./workspace.mjs";

await main(() => runProgram("apps/gateway/dist/schema/main.js", process.argv.slice(2)));
