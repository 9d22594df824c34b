import { expect, test } from "@jest/globals";
import { languageOf, requestContext } from "./context.js";

test.each([
  [undefined, "en"],
  ["", "en"],
  ["zh", "zh"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en-GB,en;q=0.9,zh;q=0.8", "en"],
  ["fr, zh-Hans;q=0.5, en;q=0.1", "zh"],
  ["fr-CH, fr;q=0.9", "en"],
  ["en;q=0, zh;q=0.1", "zh"],
  ["ZH-tw", "zh"],
  ["zhx, enough", "en"],
])("Accept-Language %s is answered in %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});

const li = { user: "li", tokens: [] };

test("a loader is made once per request", () => {
  const made: string[] = [];
  const maker = (context: { caller: { user: string } }) => ({ number: made.push(context.caller.user) });
  const context = requestContext(li);
  expect(context.loader(maker)).toBe(context.loader(maker));
  expect(requestContext(li).loader(maker)).not.toBe(context.loader(maker));
  expect(made).toEqual(["li", "li"]);
});

test("a trace is passed on when it is one, and begun otherwise", () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  expect(requestContext(li, { traceparent }).traceparent).toBe(traceparent);
  for (const none of [undefined, "", "00-x", `${traceparent}\n`]) {
    expect(requestContext(li, { traceparent: none }).traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  }
});

test("a correlation is passed on unless it could forge a log line or a header", () => {
  expect(requestContext(li, { correlation: "req-1_A" }).correlation).toBe("req-1_A");
  expect(requestContext(li, { correlation: "a\nb" }).correlation).toMatch(/^[0-9a-f-]{36}$/);
  expect(requestContext(li, { correlation: "x".repeat(65) }).correlation).toMatch(/^[0-9a-f-]{36}$/);
});
