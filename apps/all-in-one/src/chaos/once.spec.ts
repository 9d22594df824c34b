// A command is once in effect, however often it is sent: a thousand ids, each two to ten times, while the company is killed and
// another process takes over its folder.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
import { uuidFrom, type StoredEvent } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { temporaryDirectory } from "@gendan/testing";
import { randomOf } from "./random.js";
import { startServer, type ServerProcess } from "./server-process.js";

const SEED = 20_261_126;
/** Cases, each of a customer of its own, and the answers that make up the thousand. */
const CASES = 40;
const COMMANDS = 1_000;
const [FEWEST, MOST] = [2, 10];
const WORKERS = 16;
/** Of what is sent to the first process, so much has been answered when it is killed. */
const KILLED_AFTER = 0.6;
const LONGEST_MS = 240_000;
const secret = "a secret of at least thirty-two characters";

interface Command {
  readonly commandId: string;
  readonly mutation: "registerCustomer" | "openCase" | "answerCase";
  readonly input: object;
}

interface Answer {
  readonly revision: string;
  readonly replayed: boolean;
}

const random = randomOf(SEED);
const idOf = (kind: string, n: number): string => uuidFrom("once", kind, String(n));
const command = (mutation: Command["mutation"], n: number, input: object): Command => ({
  commandId: `${mutation}-${n}`,
  mutation,
  input,
});
const customers = Array.from({ length: CASES }, (_, n) =>
  command("registerCustomer", n, { id: idOf("customer", n), kind: "ORGANISATION", name: `Customer ${n}` }),
);
const openings = Array.from({ length: CASES }, (_, n) =>
  command("openCase", n, { id: idOf("case", n), customerId: idOf("customer", n), kind: "INQUIRY", subject: "delay" }),
);
/** Many to one case, so that commands meet in a stream. */
const answers = Array.from({ length: COMMANDS - 2 * CASES }, (_, n) =>
  command("answerCase", n, { caseId: idOf("case", n % CASES), text: `Answer ${n}` }),
);
const commands = [...customers, ...openings, ...answers];

/** What each command was answered, in the order of the answers. */
const told = new Map<Command, Answer[]>(commands.map((each) => [each, []]));
/** Sent, and never answered: the process was killed meanwhile. */
let unanswered = 0;
let sent = 0;
let authorization: string;

/** One sending; false where nobody answered. */
async function send(url: string, { commandId, mutation, input }: Command): Promise<Answer | undefined> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { revision replayed userErrors { code } } }`;
  const body = JSON.stringify({ query, variables: { input: { commandId, ...input } } });
  const headers = { "content-type": "application/json", authorization };
  sent += 1;
  let answer: { data?: { told: Answer & { userErrors: readonly object[] } } };
  try {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    answer = (await response.json()) as typeof answer;
  } catch {
    return undefined;
  }
  expect(answer).toMatchObject({ data: { told: { userErrors: [] } } });
  return answer.data!.told;
}

/** Sends all of them, several at a time, until the process is gone; gives those that it did not answer. */
async function sendAll(url: string, all: readonly Command[], answered: () => void = () => undefined) {
  const queue = [...all];
  const left: Command[] = [];
  const worker = async () => {
    for (let each = queue.shift(); each; each = queue.shift()) {
      const answer = await send(url, each);
      if (answer) {
        told.get(each)!.push(answer);
        answered();
      } else left.push(each);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return left;
}

function shuffled<Each>(all: readonly Each[]): Each[] {
  const mixed = [...all];
  for (let n = mixed.length - 1; n > 0; n--) {
    const other = random.below(n + 1);
    [mixed[n], mixed[other]] = [mixed[other]!, mixed[n]!];
  }
  return mixed;
}

const servers: ServerProcess[] = [];
function start(directory: string): ServerProcess {
  const environment = {
    ...{ GENDAN_TOKEN_SECRET: secret, GENDAN_RATE_PER_SUBJECT: "100000", GENDAN_RATE_PER_ADDRESS: "100000" },
  };
  const server = startServer({ directory, environment });
  servers.push(server);
  return server;
}
afterAll(() => Promise.all(servers.map((server) => server.kill())));

let events: readonly StoredEvent[];

beforeAll(async () => {
  const identity = { user: "mei", roles: ["manager"], departments: [""], expiresIn: "8h" } as const;
  authorization = `Bearer ${await signToken(new TextEncoder().encode(secret), identity)}`;
  const directory = temporaryDirectory();
  const times = new Map(commands.map((each) => [each, FEWEST + random.below(MOST - FEWEST + 1)]));
  /** So many of a command's sendings go to the first process: at least one, and one is left for the second. */
  const early = new Map(commands.map((each) => [each, 1 + random.below(times.get(each)! - 1)]));
  const copies = (of: readonly Command[], count: (each: Command) => number) =>
    of.flatMap((each) => Array.from({ length: count(each) }, () => each));

  const first = start(directory);
  const url = await first.ready;
  await sendAll(url, customers);
  await sendAll(url, openings);
  const begun = shuffled([
    ...copies([...customers, ...openings], (each) => early.get(each)! - 1),
    ...copies(answers, (each) => early.get(each)!),
  ]);
  let done = 0;
  let killed: Promise<unknown> | undefined;
  const lost = await sendAll(url, begun, () => {
    if (++done > begun.length * KILLED_AFTER) killed ??= first.kill();
  });
  await killed;
  unanswered = lost.length;
  const second = start(directory);
  const rest = copies(commands, (each) => times.get(each)! - early.get(each)!);
  expect(await sendAll(await second.ready, shuffled([...rest, ...lost]))).toEqual([]);
  await second.stop();
  const store = await SqliteEventStore.open({ file: join(directory, "customer/events.db") });
  events = (await store.readAll({ limit: 10 * COMMANDS })).events;
  await store.close();
}, LONGEST_MS);

const eventsOf = ({ commandId }: Command) => events.filter(({ meta }) => meta.commandId === commandId);

test("each command was sent two to ten times or more, and the kill fell among them", () => {
  expect(commands).toHaveLength(COMMANDS);
  expect(sent).toBeGreaterThan(COMMANDS * 5);
  expect(unanswered).toBeGreaterThan(0);
  for (const all of told.values()) expect(all.length).toBeGreaterThanOrEqual(FEWEST);
});

describe("whatever was answered, before the kill and after it", () => {
  test("every answer to a command names the same revision, and one at most is not a replay", () => {
    const torn = [...told].filter(
      ([, all]) =>
        new Set(all.map(({ revision }) => revision)).size !== 1 || all.filter(({ replayed }) => !replayed).length > 1,
    );
    expect(torn).toEqual([]);
  });

  test("every command has one effect, at the revision that was told", () => {
    const wrong = [...told].filter(([each, [answer]]) => {
      const found = eventsOf(each);
      return found.length !== 1 || String(found[0]!.revision) !== answer!.revision;
    });
    expect(wrong).toEqual([]);
    expect(events.filter(({ type }) => type !== "numbers.reserved").length).toBe(COMMANDS);
  });
});
