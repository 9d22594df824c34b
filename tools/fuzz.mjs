// npm run fuzz: 10,000 random documents against the whole company (`-- 50000` for more); npm test sends 500 of them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeBinary, root } from "./workspace.mjs";

const count = process.argv[2] ?? "10000";
const { status } = spawnSync(nodeBinary(), [join(root, "tools/test.mjs"), "apps/all-in-one/src/fuzz.spec"], {
  stdio: "inherit",
  env: { ...process.env, GENDAN_TEST_FUZZ: count },
});
process.exitCode = status ?? 1;
