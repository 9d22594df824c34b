// After the last test of a run: the servers that engines-setup.mjs started.
export { endServers as default } from "../engines/for-tests.mjs";
