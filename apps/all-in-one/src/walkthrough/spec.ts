// Walkthroughs, carried out: every file of a folder in its order, over HTTP, as the person whom it names, with what it says is expected.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Company } from "../company.js";
import { bearerOf, companyInMemory } from "../spec.js";

const DAY_MS = 86_400_000;
/** A revision that nothing here gets to. */
const FAR = 999_999;

export interface Step {
  readonly file: string;
  readonly query: string;
  readonly user: string;
  readonly role: string;
  readonly department: string;
  /** What another service must have heard of before: the query that waits for it, and the name of a kept settle token. */
  readonly first?: { readonly query: string; readonly token: string };
  /** JSON with placeholders such as {{orderId}}, {{revision+1}} or {{today+20}}. */
  readonly variables: string;
  readonly expected: string;
  /** Refused for what was given: with something else it could be done. */
  readonly otherwise: boolean;
  readonly keep: readonly { readonly name: string; readonly path: string }[];
}

interface Payload {
  readonly replayed?: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}
export type Data = Readonly<Record<string, unknown>>;

/** What a mutation acts on, where it acts on something: who offers the action, and the input's field that names it. */
const offeredBy: Readonly<Record<string, readonly [node: string, field: string]>> = Object.fromEntries(
  Object.entries({
    customer: "registerContact logInteraction recordSatisfaction openCase",
    order:
      "correctOrder recordDiscrepancy resolveDiscrepancy verifyOrder confirmOrder repromiseSchedule placeHold " +
      "releaseHold cancelOrder acceptDelivery closeOrder",
    shipment: "bookShipment dispatchShipment recordCheckpoint confirmDelivery",
    case: "answerCase closeCase",
    issue: "triageIssue confirmCause addAction completeAction resolveIssue verifyIssue closeIssue",
  }).flatMap(([node, verbs]) => verbs.split(" ").map((verb) => [verb, [node, `${node}Id`]])),
);

interface Refused {
  readonly user: string;
  readonly command: string;
  readonly codes: readonly string[];
}

/** Walks a folder of docs through, in a company of its own: a test for each file, and one for every document at the end. */
export function walkedThrough(folder: string): Walkthrough {
  let company: Company;
  let url: string;
  beforeAll(async () => {
    company = await companyInMemory();
    url = await company.listen({ port: 0, host: "127.0.0.1" });
  });
  afterAll(() => company.stop());
  const walk = new Walkthrough(folder, () => ({ company, url }));
  walk.tests();
  test("every document is what the log says", async () => {
    await company.settled();
    for (const service of company.services.values()) expect((await service.verify()).differences).toEqual([]);
  });
  return walk;
}

/** One story: its steps, what they keep for later ones, and what was refused on the way. */
export class Walkthrough {
  readonly steps: readonly Step[];
  /** What was refused because it was asked of a revision that nothing is at; in `refused` too. */
  readonly elsewhere = new Set<Refused>();
  readonly kept = new Map<string, unknown>([["today", new Date().toISOString().slice(0, 10)]]);
  readonly refused: Refused[] = [];
  private lastToken = "";

  /** `folder` is one of docs; `company` gives the one that it is walked through, once that is open. */
  constructor(
    folder: string,
    private readonly company: () => { readonly company: Company; readonly url: string },
  ) {
    const path = join(import.meta.dirname, "../../../../docs", folder);
    const files = readdirSync(path).filter((file) => file.endsWith(".graphql"));
    this.steps = files.sort().map((file) => read(file, readFileSync(join(path, file), "utf8")));
  }

  /** A test for each step. */
  tests(): void {
    for (const step of this.steps) test(step.file.replace(".graphql", ""), () => this.carryOut(step));
  }

  private async carryOut(step: Step): Promise<void> {
    if (step.first) await this.settled(step, step.first);
    const variables = JSON.parse(this.filled(step.variables)) as Data;
    const expected = JSON.parse(this.filled(step.expected)) as Data;
    await this.offered(step, variables, expected);
    const would = await this.dryRun(step, variables, "dryRun: true");
    const elsewhere = await this.dryRun(step, variables, `dryRun: true, expectedRevision: "${FAR}"`);
    if (elsewhere) expectNothingDone(elsewhere);
    const data = await this.ask(step, step.query, variables);
    if (would) expect(outcomesIn(would)).toEqual(outcomesIn(data));
    for (const [field, answer] of Object.entries(data)) {
      const { userErrors, settleToken } = (answer ?? {}) as Partial<Payload>;
      if (userErrors && !("userErrors" in (expected[field] as object))) expect(userErrors).toEqual([]);
      if (settleToken) this.lastToken = settleToken;
    }
    this.note(step, would);
    for (const each of this.note(step, elsewhere)) this.elsewhere.add(each);
    this.note(step, data);
    expect(data).toMatchObject(expected);
    for (const { name, path } of step.keep) {
      const value = path.split(".").reduce<unknown>((at, key) => (at as Data | undefined)?.[key], data);
      expect({ [name]: value ?? undefined }).toEqual({ [name]: expect.anything() });
      this.kept.set(name, value);
    }
  }

  /** What a mutation says that it would do; it has done nothing. Undefined for a query. */
  private async dryRun(step: Step, variables: Data, more: string): Promise<Data | undefined> {
    const query = step.query.replace(/\((input: \$\w+)\)/g, `($1, ${more})`);
    if (query === step.query) return undefined;
    await this.company().company.settled();
    const before = await this.heads();
    const would = await this.ask(step, query, variables);
    expect(await this.heads()).toEqual(before);
    for (const answer of Object.values(would)) expect((answer as Payload).settleToken ?? null).toBeNull();
    return would;
  }

  private note({ user }: Step, data: Data = {}): readonly Refused[] {
    const refused = outcomesIn(data).filter(({ codes }) => codes.length > 0);
    const noted = refused.map(({ command, codes }) => ({ user, command, codes }));
    this.refused.push(...noted);
    return noted;
  }

  private heads(): Promise<readonly unknown[]> {
    const { services } = this.company().company;
    return Promise.all([...services.values()].map(({ engines }) => engines.eventStore.head()));
  }

  /** What availableActions lists is accepted, and what is refused is not listed: for this person, right before. */
  private async offered(step: Step, { input }: Data, expected: Data): Promise<void> {
    const [verb = ""] = Object.keys(expected);
    const [node, field] = offeredBy[verb] ?? [];
    if (node === undefined || field === undefined) return;
    const id = (input as Data)[field];
    const data = await this.ask(step, `query ($id: ID!) { ${node}(id: $id) { availableActions } }`, { id });
    const { availableActions } = data[node] as { readonly availableActions: readonly string[] };
    const { userErrors } = expected[verb] as { readonly userErrors?: readonly { readonly field?: string }[] };
    // What is refused for what was given is offered all the same: another input may do.
    if (userErrors?.some(({ field }) => field !== undefined) || step.otherwise) return;
    if (userErrors) expect(availableActions).not.toContain(verb);
    else expect(availableActions).toContain(verb);
  }

  private async settled(step: Step, { query, token }: NonNullable<Step["first"]>): Promise<void> {
    const data = await this.ask(step, `query ($token: String!) { ${query}(token: $token) }`, {
      token: token === "" ? this.lastToken : this.kept.get(token),
    });
    expect(data).toEqual({ [query]: true });
  }

  /** Asks as a person; there are no errors. */
  async ask({ user, role, department }: Person, query: string, variables: Data): Promise<Data> {
    const { company, url } = this.company();
    const authorization = await bearerOf(company, { user, roles: [role], departments: [department] });
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { readonly data?: Data; readonly errors?: unknown };
    expect(answer.errors).toBeUndefined();
    return answer.data!;
  }

  /** Placeholders as what they stand for; days and revisions can be counted on from. */
  private filled(text: string): string {
    return text.replace(/\{\{(\w+)([+-]\d+)?\}\}/g, (_, name: string, shift = "+0") => {
      if (!this.kept.has(name)) throw new Error(`Nothing is kept as ${name}.`);
      const value = String(this.kept.get(name));
      if (name !== "today") return shift === "+0" ? value : String(Number(value) + Number(shift));
      return new Date(Date.parse(value) + Number(shift) * DAY_MS).toISOString().slice(0, 10);
    });
  }
}

type Person = Pick<Step, "user" | "role" | "department">;

/** Whatever a mutation is about, it is not at a revision that nothing gets to: only a repetition is answered as what it was. */
function expectNothingDone(answers: Data): void {
  for (const [command, answer] of Object.entries(answers)) {
    const { userErrors, replayed = false } = answer as Payload;
    if (!replayed) expect({ [command]: userErrors }).toEqual({ [command]: [expect.anything()] });
  }
}

/** What became of each command, and in which state an order of its answer is. */
const outcomesIn = (data: Data) =>
  Object.entries(data).map(([command, answer]) => {
    const { userErrors = [], order } = (answer ?? {}) as Partial<Payload> & { readonly order?: Data | null };
    return { command, codes: userErrors.map(({ code }) => code), lifecycle: order?.["lifecycle"] };
  });

function read(file: string, query: string): Step {
  const comments = query.split("\n").filter((line) => line.startsWith("#"));
  const [user = "", role = "", department = ""] = directive(comments, "as").split(", ");
  const [, waitsFor, token = ""] = /^(\w+)(?:\((\w+)\))?$/.exec(directive(comments, "first")) ?? [];
  return {
    file,
    query,
    user,
    role,
    department,
    ...(waitsFor === undefined ? {} : { first: { query: waitsFor, token } }),
    variables: directive(comments, "variables"),
    expected: directive(comments, "expect"),
    otherwise: directive(comments, "otherwise") !== "",
    keep: directive(comments, "keep")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => /^(?<name>\w+) = (?<path>[\w.]+)$/.exec(line)!.groups as { name: string; path: string }),
  };
}

/** What stands behind `# name:`, on its line and on the deeper lines below it; of several such, a line each. */
function directive(comments: readonly string[], name: string): string {
  const found: string[] = [];
  let inside = false;
  for (const line of comments) {
    const [, key, rest = ""] = /^# (\w+):(?: (.*))?$/.exec(line) ?? [];
    if (key !== undefined) inside = key === name;
    else if (!line.startsWith("#   ")) inside = false;
    if (inside) found.push(key === undefined ? line.slice(2) : rest);
  }
  return found.join("\n").trim();
}
