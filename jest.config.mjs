// The tests run on the sources, compiled by the same swc options as the build. Run them through `npm test`, which sets
// the flag that ES modules need.
import { swcOptions } from "./tools/swc.mjs";

export default {
  testEnvironment: "node",
  roots: ["<rootDir>/libs", "<rootDir>/apps", "<rootDir>/tools"],
  testMatch: ["**/*.spec.ts"],
  modulePathIgnorePatterns: ["<rootDir>/(libs|apps)/[^/]+/dist/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["js", "mjs", "cjs", "ts", "json", "node"],
  resolver: "<rootDir>/tools/jest/resolver.cjs",
  transform: { "\\.ts$": ["@swc/jest", { ...swcOptions, sourceMaps: "inline" }] },
  globalSetup: "<rootDir>/tools/jest/engines-setup.mjs",
  globalTeardown: "<rootDir>/tools/jest/engines-teardown.mjs",
  testSequencer: "<rootDir>/tools/jest/longest-first.mjs",
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  reporters: [process.env.GENDAN_TEST_RESULT ? "<rootDir>/tools/jest/reporter.mjs" : "default"],
  testTimeout: 60_000,
  maxWorkers: 2,
  // Each spec file loads its modules anew, and V8 is slow to let go of the old ones.
  workerIdleMemoryLimit: "1GB",
};
