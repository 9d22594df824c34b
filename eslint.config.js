// What the linter asks for beyond the compiler: no promise left alone, exhaustive switches, small files, and the import
// boundaries of ARCHITECTURE.md (tools/eslint/boundaries.mjs).
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { boundariesConfig } from "./tools/eslint/boundaries.mjs";

const specs = ["**/*.spec.ts", "**/spec.ts"];
const nodeGlobals = [
  ...["console", "process", "performance", "URL", "Buffer", "fetch", "AbortSignal"],
  ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate"],
];
const focused = "This runs one test and silently leaves out the others.";

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "**/generated/",
    "**/golden/",
    "tools/eslint/fixtures/",
    ".nx/",
    ".cache/",
    ".gendan/",
    "coverage/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name='only']", message: focused },
        { selector: "CallExpression[callee.name=/^f(it|describe)$/]", message: focused },
      ],
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, "readonly"])) },
    rules: { "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }] },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { require: "readonly", module: "writable", __dirname: "readonly" } },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          caughtErrorsIgnorePattern: "^_",
          destructuredArrayIgnorePattern: "^_",
        },
      ],
      // `import { type A }` still loads the module, `import type { A }` does not.
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // A new event must be found wherever events are folded, stored or published: no default case hides it.
    files: ["apps/*/src/{relay,stored}/**/*.ts", "apps/*/src/domain/**/*.{state,decider}.ts"],
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
    },
  },
  {
    files: ["libs/*/src/**/*.ts", "apps/*/src/**/*.ts"],
    ignores: ["**/main.ts", "**/*-main.ts", "apps/cli/**", "apps/*/src/{bench,chaos}/**"],
    rules: { "no-console": "error" },
  },
  { files: [...specs, "libs/testing/src/**/*.ts"], rules: { "max-lines-per-function": "off" } },
  { files: [...specs, "**/*.suite.ts"], rules: { "max-lines": "off" } },
  {
    // Money is bigint minor units: nothing that could make a floating-point number of it is at hand where it is reckoned.
    files: [
      "apps/order-service/src/domain/{account,invoice,receipt}/**/*.ts",
      "apps/order-service/src/domain/order/money/**/*.ts",
      "apps/order-service/src/read/{money-of-order,payment,accounts.projection,invoices.projection,compare-sheet}.ts",
      "libs/eventing/src/values/money.ts",
    ],
    rules: {
      "no-restricted-globals": ["error", ...["Number", "parseFloat", "parseInt", "Math"]],
      "no-restricted-properties": ["error", { property: "toFixed" }],
    },
  },
  boundariesConfig,
);
