// Before the first test of a run: real servers for the spec files that ask for them, and for no others.
import { endServers, startServersFor } from "../engines/for-tests.mjs";
import { wantedBy } from "../engines/wanted.mjs";

export default async function setUp({ rootDir, testPathPatterns }, { roots }) {
  const chosen = testPathPatterns.toExecutor({ rootDir });
  const wanted = wantedBy(roots, (path) => chosen.isMatch(path));
  try {
    // Workers and spec files get their environment from this process's.
    process.env.GENDAN_TEST_ENGINES = JSON.stringify(await startServersFor(wanted));
  } catch (error) {
    await endServers();
    throw error;
  }
}
