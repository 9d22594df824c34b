// Administration handed on to several processes: which are asked, and how their answers become one.
import { createServer } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { forwardTask, type Doors } from "./forward-admin.js";

type Answers = Readonly<Record<string, object | readonly object[]>>;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A process that answers each task with lines of JSON, and notes what it was asked. */
async function door(answers: Answers): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const task = request.url!.replace("/admin/", "");
    asked.push(`${task} ${request.headers.authorization}`);
    const lines = [answers[task] ?? { error: { code: "BAD_USER_INPUT", message: `no ${task}` } }].flat();
    response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, asked };
}
/** Nobody listens there. */
const away = "http://127.0.0.1:1";

const told: [number, number | undefined][] = [];
const watched: object[] = [];
const watch = {
  line: (event: object) => Promise.resolve(void watched.push(event)),
  signal: new AbortController().signal,
};
const forward = (task: Parameters<typeof forwardTask>[0], doors: Doors, body: object = {}) =>
  forwardTask(task, {
    doors,
    authorization: "Bearer t",
    body,
    progress: (done, total) => told.push([done, total]),
    watch,
  });
const result = (value: object) => ({ result: value });

describe("verify", () => {
  test("asks one process of each service, the next where one is away, and passes progress on", async () => {
    const difference = { id: "x" };
    const [one, two] = [
      await door({
        verify: [{ progress: { done: 5, total: null } }, result({ checked: 2, differences: [difference] })],
      }),
      await door({ verify: result({ checked: 3, differences: [] }) }),
    ];
    const doors = { order: [away, one.url], logistics: [two.url, one.url] };
    expect(await forward("verify", doors)).toEqual({ checked: 5, differences: [difference] });
    expect([one.asked, two.asked]).toEqual([["verify Bearer t"], ["verify Bearer t"]]);
    expect(told).toEqual([[5, undefined]]);
  });
  test("says which service does not answer", () =>
    expect(forward("verify", { order: [away] })).rejects.toMatchObject({
      code: "CLOSED",
      message: expect.stringContaining("order"),
    }));
});

test("redrive asks every process that can be reached, and then what is left", async () => {
  const parked = result({ parked: [{ id: "p" }] });
  const [one, two] = [
    await door({ redrive: result({ redriven: 1, parked: 1 }), parked }),
    await door({ redrive: result({ redriven: 2, parked: 1 }), parked }),
  ];
  expect(await forward("redrive", { order: [one.url, two.url, away] })).toEqual({ redriven: 3, parked: 1 });
});

test("settled is what every process says, with all of their moves", async () => {
  const [one, two] = [
    await door({ settled: result({ caughtUp: true, moves: 3 }) }),
    await door({ settled: result({ caughtUp: false, moves: 4 }) }),
  ];
  expect(await forward("settled", { order: [one.url], logistics: [two.url] })).toEqual({ caughtUp: false, moves: 7 });
  expect(await forward("settled", { order: [one.url] })).toEqual({ caughtUp: true, moves: 3 });
});

describe("rebuild", () => {
  test("goes to whoever has the projection", async () => {
    const [none, has] = [await door({}), await door({ rebuild: result({ projection: "facts", generation: 2 }) })];
    expect(await forward("rebuild", { order: [none.url], analytics: [has.url] })).toEqual({
      projection: "facts",
      generation: 2,
    });
  });
  test("of what nobody has is told with what each one has", async () => {
    const none = await door({});
    await expect(forward("rebuild", { order: [none.url], logistics: [none.url] })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message: "no rebuild no rebuild",
    });
  });
});

test("heads of audit streams are signed by every process that can be reached", async () => {
  const head = (stream: string) => ({ stream, n: 7, hash: "h" });
  const [one, two] = [
    await door({ "audit/heads": result({ heads: [head("order-1")] }) }),
    await door({ "audit/heads": result({ heads: [head("order-2")] }) }),
  ];
  const heads = [head("order-1"), head("order-2")];
  expect(await forward("audit/heads", { order: [one.url, two.url, away] })).toEqual({ heads });
});

describe("rotating the master key", () => {
  test("is done by every process, each with what it wrapped meanwhile", async () => {
    const [one, two] = [await door({ "keys/rotate": result({ rotated: 5 }) }), await door({ "keys/rotate": result({ rotated: 1 }) })]; // prettier-ignore
    expect(await forward("keys/rotate", { order: [one.url, two.url], customer: [two.url] })).toEqual({ rotated: 7 });
    expect([one.asked.length, two.asked.length]).toEqual([1, 2]);
  });
  test("is not done where one of them cannot be reached: it would still wrap by the older key", async () => {
    const one = await door({ "keys/rotate": result({ rotated: 5 }) });
    await expect(forward("keys/rotate", { order: [one.url, away] })).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("resuming reactions", () => {
  test("is done by every process of the service that is named", async () => {
    const [one, two, other] = [
      await door({ "reactions/resume": result({ service: "order", from: "t" }) }),
      await door({ "reactions/resume": result({ service: "order", from: "t" }) }),
      await door({}),
    ];
    const doors = { order: [one.url, two.url], logistics: [other.url] };
    expect(await forward("reactions/resume", doors, { service: "order", from: "t" })).toEqual({
      service: "order",
      from: "t",
    });
    expect([one.asked.length, two.asked.length, other.asked.length]).toEqual([1, 1, 0]);
  });
  test("of no service is refused", () =>
    expect(forward("reactions/resume", { order: [away] }, { service: "sales" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
    }));
});

describe("events", () => {
  test("are watched by one service, and told as they come", async () => {
    const events = [{ event: { id: "1" } }, { event: { id: "2" } }];
    const one = await door({ "events/tail": [...events, result({ events: 2 })] });
    expect(await forward("events/tail", { order: [away, one.url], logistics: [away] })).toEqual({ events: 2 });
    expect(watched).toEqual([{ id: "1" }, { id: "2" }]);
  });
  test("are replayed by the service whose they are", async () => {
    const one = await door({ "events/replay": result({ events: 5, published: 4 }) });
    const doors = { order: [away], logistics: [one.url] };
    expect(await forward("events/replay", doors, { service: "logistics" })).toEqual({ events: 5, published: 4 });
    await expect(forward("events/replay", doors, { service: "constructor" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message: "There is no service constructor; there are order, logistics.",
    });
  });
});
