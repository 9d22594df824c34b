// The AsyncAPI document is one that the official parser takes, with every topic, message and example in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Parser } from "@asyncapi/parser";
import { topics } from "../catalog.js";
import { contracts } from "./generated.js";

const source = readFileSync(join(import.meta.dirname, "../../generated/asyncapi.json"), "utf8");
const faultsIn = (diagnostics: readonly { severity: number; message: string; path: readonly unknown[] }[]) =>
  diagnostics.filter(({ severity }) => severity <= 1).map(({ message, path }) => `${path.join(".")}: ${message}`);

describe("the AsyncAPI document", () => {
  test("is parsed without an error or a warning", async () => {
    const { document, diagnostics } = await new Parser().parse(source);
    expect(faultsIn(diagnostics)).toEqual([]);
    expect(document!.version()).toBe("3.0.0");
    expect(
      document!
        .channels()
        .all()
        .map((channel) => channel.address()),
    ).toEqual(topics);
    const messages = document!.messages().all();
    expect(messages.map((message) => message.name())).toEqual(
      expect.arrayContaining(contracts.map(({ type }) => type)),
    );
    for (const message of messages) {
      expect(message.headers()!.required()).toContain("ce_id");
      expect(message.headers()!.property("ce_dataschema")!.const()).toMatch(`urn:gendan:${message.name()}:`);
      expect(message.bindings().get("kafka")!.value()).toHaveProperty("key");
    }
  });

  test.each([
    ["a message that is not there", "#/components/messages/order.lost.v1", "#/components/messages/order.gone.v1"],
    ["an action that AsyncAPI does not have", '"action": "send"', '"action": "shout"'],
  ])("would be refused with %s", async (_, is, instead) => {
    expect(source).toContain(is);
    const { document, diagnostics } = await new Parser().parse(source.replace(is, instead));
    expect(document).toBeUndefined();
    expect(faultsIn(diagnostics)).toHaveLength(1);
  });
});
