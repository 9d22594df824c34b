// docker-compose.yml and the Dockerfile against the Compose specification's form and our own rules, without Docker. Whether they
// start is another question, which only a Docker engine answers.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readCompose } from "./compose/compose-file.js";
import { filesOf, textsHere } from "./compose/files.js";
import { rules, slips, type RuleName } from "./compose/slips.js";
import { dockerAnswers } from "./engines/containers.mjs";
import { root } from "./workspace.mjs";

const here = textsHere();

describe("the form of docker-compose.yml", () => {
  test.each([
    ["a key that there is not", "    init: true", "    inits: true", "inits"],
    ["a key of another place", "networks:\n  #", "secrets: {}\nnetworks:\n  #", "secrets"],
    ["no span of time", "stop_grace_period: 60s", "stop_grace_period: 60", "stop_grace_period"],
    ["a folder of the machine", "kafka-data:/var/lib/kafka/data", "./data:/var/lib/kafka/data", "kafka.volumes"],
    [
      "a condition that there is not",
      "kafka: { condition: service_healthy",
      "kafka: { condition: healthy",
      "condition",
    ],
    ["a check that is no list", 'test: ["CMD", "curl"', 'test: ["curl"', "healthcheck.test"],
    ["a variable without its default", "${GENDAN_LOG_LEVEL:-warn}", "${GENDAN_LOG_LEVEL}", "outside of"],
  ])("%s", (_, from, to, fault) => {
    expect(() => readCompose(changed(here.compose, from, to))).toThrow(fault);
  });

  test("variables of .env", () => {
    const { services } = readCompose(here.compose, {
      GENDAN_LOG_LEVEL: "info",
      KURRENTDB_IMAGE: "other/kurrentdb:26.0.3",
    });
    expect(services["order-1"]?.environment).toMatchObject({ GENDAN_LOG_LEVEL: "info", GENDAN_TOKEN_SECRET: "" });
    expect(services["kurrentdb"]?.image).toBe("other/kurrentdb:26.0.3");
  });
});

describe.each(Object.keys(rules) as RuleName[])("%s", (name) => {
  test("holds", () => {
    expect(rules[name](filesOf(here))).toEqual([]);
  });

  test.each(slips[name])("and is seen to fail: %s, %j → %j", (file, from, to, fault) => {
    const faults = rules[name](filesOf({ ...here, [file]: changed(here[file], from, to) }));
    expect(faults.join("\n")).toContain(fault);
  });
});

describe("the image's health check", () => {
  const ask = async (port: number): Promise<number> => {
    const child = spawn(process.execPath, [join(root, "docker/health.mjs"), String(port)], { stdio: "ignore" });
    const [code] = (await once(child, "exit")) as [number];
    return code;
  };

  test("is content with a process that answers, and with no other", async () => {
    let status = 200;
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/health/live" ? status : 404).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      expect(await ask(port)).toBe(0);
      status = 503;
      expect(await ask(port)).toBe(1);
    } finally {
      server.close();
    }
    await once(server, "close");
    expect(await ask(port)).toBe(1);
  });
});

const compose = (...args: readonly string[]) =>
  spawnSync("docker", ["compose", "--file", join(root, "docker-compose.yml"), ...args], { encoding: "utf8" });

if (compose("version").status === 0) {
  test("docker compose reads the file", () => {
    expect(compose("config", "--quiet")).toMatchObject({ status: 0, stderr: "" });
  });
} else {
  test.skip("docker compose: skipped, it is not installed here, so it has not read the file: install Docker with Compose 2.24", () => {});
}

if (!(await dockerAnswers())) {
  test.skip("docker-compose.yml: skipped, no Docker engine answers here, so it is UNTESTED whether it starts: docker compose up --build --wait", () => {});
}

/** Throws where there is nothing to change: a slip that was not made is noticed by nobody. */
function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`There is no "${from}" to change`);
  return text.replaceAll(from, () => to);
}
