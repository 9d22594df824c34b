// How `npm start --port 0 --data x --empty` reaches the program, with and without the `--` in between.
import { expect, test } from "@jest/globals";
import { flagsFromNpm } from "./npm-flags.mjs";

test("after `--` npm hands everything over, and npm's settings are not looked at", () =>
  expect(flagsFromNpm(["--port", "3", "--empty"], { npm_config_data: "x" })).toEqual(["--port", "3", "--empty"]));

test("without `--` the flags are npm's settings and their values bare words", () =>
  expect(
    flagsFromNpm(["0", "x"], { npm_config_port: "true", npm_config_data: "true", npm_config_empty: "true" }),
  ).toEqual(["--port", "0", "--data", "x", "--empty"]));

test("the number is the port, in whatever order the flags were given", () =>
  expect(flagsFromNpm(["x", "0"], { npm_config_data: "true", npm_config_port: "true" })).toEqual([
    "--port",
    "0",
    "--data",
    "x",
  ]));

test("with `=` npm keeps the value", () =>
  expect(flagsFromNpm([], { npm_config_port: "4000", npm_config_data: "/tmp/x" })).toEqual([
    "--port",
    "4000",
    "--data",
    "/tmp/x",
  ]));

test("what was not given is not passed", () => expect(flagsFromNpm([], { npm_config_empty: "" })).toEqual([]));
