// Generated callers ask and command a generated company; each answer is compared with a plain filter over what there is.
import { newId } from "@gendan/eventing";
import { callerOf, defaultPolicy } from "@gendan/security";
import { getNamedType } from "graphql";
import { randomOf, type Random } from "../chaos/random.js";
import type { Company } from "../company.js";
import { Builder, DEPARTMENTS, PERSONS } from "./build.js";
import { hiddenFor, inputFor, nameOf, takenAsTold, targetsIn, type Target } from "./commands.js";
import { Expected, settled, type Asker } from "./expect.js";
import { openGraph, textOf, waysIn, type Graph, type Selected } from "./graph.js";
import { readWorld } from "./read.js";
import { roots, type Asked, type Asking } from "./roots.js";
import { World, type Row } from "./world.js";

export interface ScopeOptions {
  readonly count: number;
  readonly seed: number;
  /** Told of what is found and how far it has come. */
  readonly log?: (line: string) => void;
}

export interface ScopeReport {
  readonly queries: number;
  readonly commands: number;
  /** Ways of the graph, and fields of mutations, that were gone. */
  readonly gone: ReadonlySet<string>;
  /** What was leaked or missing, at most some: the caller, the question, the row. */
  readonly violations: readonly string[];
  readonly seconds: number;
}

/** So many questions are asked between two changes of who sees what. */
const PHASE = 1_000;
const CHANGES = 8;
const CALLERS = 60;
const AT_ONCE = 16;
const SHOWN = 20;
/** A violation's lines are cut here. */
const LONGEST = 2_000;
const DEPTH = 2;

interface Client extends Asker {
  readonly roles: readonly string[];
  readonly authorization: string;
}
interface Question {
  readonly root: string;
  readonly tree: Selected;
  readonly text: string;
}

/** The company must be new and empty, and its gateway take as much as comes. */
export async function proveScope(
  company: Company,
  { count, seed, log = () => undefined }: ScopeOptions,
): Promise<ScopeReport> {
  const random = randomOf(seed);
  const world = new World();
  const builder = new Builder(company, world, random);
  await builder.build();
  await readWorld(builder);
  log(`${world.rows.size} rows`);
  const proof = new Proof(company, world, openGraph(), await clientsOf(builder));
  const began = performance.now();
  for (let done = 0; done < count; done += PHASE) {
    if (done > 0) {
      for (let change = 0; change < CHANGES; change++) await builder.changeScope();
      await company.settled();
      await readWorld(builder);
    }
    await proof.ask(Math.min(PHASE, count - done), random);
    const rate = Math.round((Math.min(done + PHASE, count) / (performance.now() - began)) * 1_000);
    log(`${Math.min(done + PHASE, count)} of ${count}, ${rate}/s, ${proof.violations.length} violations`);
    if (proof.violations.length >= SHOWN) break;
  }
  const { queries, commands, gone, violations } = proof;
  return { queries, commands, gone, violations, seconds: (performance.now() - began) / 1_000 };
}

/** Roles × departments × persons, as many as are told apart. */
async function clientsOf(builder: Builder): Promise<Client[]> {
  const { random } = builder;
  const roles = [
    "merchandiser",
    "lead",
    "manager",
    "sales",
    "finance",
    "service",
    "logistics",
    "production",
    "auditor",
    "customer",
    "supplier",
  ];
  const clients: Client[] = [];
  for (let index = 0; index < CALLERS; index++) {
    const held = index % 3 === 0 ? ["lead"] : [random.pick(roles)];
    const departments = Array.from({ length: random.below(3) }, () => random.pick(DEPARTMENTS));
    const user = random.chance(0.7) ? random.pick(PERSONS) : `guest${index}`;
    const { grants, departments: seen } = callerOf({ user, roles: held, departments }, defaultPolicy);
    const authorization = await builder.authorization(user, held, departments);
    clients.push({ user, roles: held, departments: seen, grants, authorization });
  }
  return clients;
}

class Proof {
  queries = 0;
  commands = 0;
  readonly gone = new Set<string>();
  readonly violations: string[] = [];
  private readonly questions: readonly Question[];
  private readonly targets: readonly Target[];
  private turn = 0;

  constructor(
    private readonly company: Company,
    private readonly world: World,
    private readonly graph: Graph,
    private readonly clients: readonly Client[],
  ) {
    this.questions = Object.keys(roots).flatMap((root) => this.questionsOf(root));
    this.targets = targetsIn(graph.schema).filter((target) => !takenAsTold.has(nameOf(target)));
  }

  async ask(count: number, random: Random): Promise<void> {
    for (let done = 0; done < count; done += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, count - done) }, () => this.next(random));
      await Promise.all(some.map((each) => each()));
    }
  }

  /** Everything is asked in turn, by anybody. Choices are made at once, so that they are the seed's alone. */
  private next(random: Random): () => Promise<void> {
    const who = random.pick(this.clients);
    const asking = { world: this.world, who, random };
    const turn = this.turn++;
    if (turn % 4 === 3) return this.command(random, this.targets[(turn >> 2) % this.targets.length]!);
    const question = this.questions[(turn - (turn >> 2)) % this.questions.length]!;
    return this.query(asking, who, question);
  }

  private questionsOf(root: string): Question[] {
    const found = this.graph.ways("Query").find(({ field }) => field === root);
    const { type, args: all } = this.graph.schema.getQueryType()!.getFields()[root]!;
    const args = all.filter(({ name }) => name !== "atLeastRevision");
    const declared = args.map((each) => `$${each.name}: ${String(each.type)}`).join(", ");
    const passed = `(${args.map(({ name }) => `${name}: $${name}`).join(", ")})`;
    const query = (body: string) => `query (${declared}) { ${body} }`;
    if (!found) {
      const plain = { field: root, on: "Query", to: getNamedType(type).name, form: "plain", below: [] } as const;
      return [{ root, tree: plain, text: query(`${root}${passed} SELECTED`) }];
    }
    return this.graph.trees(found, DEPTH).map((tree) => ({ root, tree, text: query(textOf(tree, passed)) }));
  }

  private query(asking: Asking, who: Client, { root, tree, text }: Question): () => Promise<void> {
    const asked = roots[root]!(asking);
    if (!asked) return () => Promise.resolve();
    for (const way of waysIn(tree)) this.gone.add(way);
    return async () => {
      this.queries++;
      const query = text.replace("SELECTED", "selected" in asked ? asked.selected : "");
      const expected = new Expected(this.graph, this.world, who);
      await this.compare(who, query, root, tree, asked, expected);
    };
  }

  private async compare(
    who: Client,
    query: string,
    root: string,
    tree: Selected,
    asked: Asked,
    expected: Expected,
  ): Promise<void> {
    const { variables } = asked;
    const answer = await this.send(who, query, variables);
    if ("forbidden" in asked) {
      const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code);
      if (codes[0] !== asked.forbidden) this.violated(who, query, variables, asked.forbidden, answer);
      return;
    }
    const whole = { answer, query, variables, who };
    if (!expected.answers("Query", root)) return this.check(whole, answer.data?.[root], null);
    if ("judged" in asked) return this.check(whole, answer.data?.[root], asked.judged(answer.data?.[root]));
    if ("value" in asked) return this.check(whole, answer.data?.[root], asked.value);
    if ("one" in asked) return this.check(whole, answer.data?.[root], expected.found(root, asked.one, tree.below));
    if ("list" in asked) return this.check(whole, answer.data?.[root], expected.rows(asked.list, tree.below));
    await this.pages(whole, root, tree, asked, expected);
  }

  /** The first pages of a list, in the order that was asked for, with its total. */
  private async pages(
    first: Sent,
    root: string,
    tree: Selected,
    asked: Extract<Asked, { paged: readonly Row[] }>,
    expected: Expected,
  ): Promise<void> {
    let sent = first;
    for (let from = 0; ; from += asked.first) {
      const page = asked.paged.slice(from, from + asked.first);
      const more = from + asked.first < asked.paged.length;
      const got = sent.answer.data?.[root] as Page | null | undefined;
      const { pageInfo, ...shown } = got ?? ({} as Page);
      this.check(
        sent,
        { ...shown, more: pageInfo?.hasNextPage },
        { totalCount: asked.paged.length, nodes: expected.rows(page, tree.below), more },
      );
      const ids = (got?.nodes ?? []).map(({ id }) => id);
      if (JSON.stringify(ids) !== JSON.stringify(page.map(({ id }) => id))) this.violated(sent.who, sent.query, sent.variables, page.map(({ id }) => id), ids); // prettier-ignore
      if (!more || !pageInfo?.hasNextPage || from >= asked.first) return;
      const variables = { ...asked.variables, after: pageInfo.endCursor };
      sent = { ...sent, variables, answer: await this.send(sent.who, sent.query, variables) };
    }
  }

  /** Of what is out of scope, the same answer as of what there never was, but for the id; and nothing else that is hidden. */
  private command(random: Random, target: Target): () => Promise<void> {
    // Who is not granted it is refused before anything is looked up: seldom worth a question.
    const granted = this.clients.filter(({ grants }) => grants.commands.has(target.mutation));
    // Nor is who sees everything there is.
    const able = granted.filter((who) => hiddenFor({ world: this.world, who, random }, target) !== undefined);
    const some = able.length > 0 ? able : granted;
    const who = random.pick(some.length > 0 && !random.chance(0.1) ? some : this.clients);
    const asking = { world: this.world, who, random };
    const hidden = hiddenFor(asking, target);
    if (hidden === undefined) return () => Promise.resolve();
    this.gone.add(nameOf(target));
    const absent = newId();
    const input = { commandId: newId(), ...inputFor(asking, target, hidden) };
    const type = target.input.name;
    const query = `mutation ($input: ${type}!) { ${target.mutation}(input: $input) { revision replayed settleToken userErrors { code message field details } } }`;
    return async () => {
      this.commands++;
      const answers: string[] = [];
      for (const id of [hidden, absent]) {
        const given = JSON.parse(JSON.stringify(input).replaceAll(hidden, id)) as object;
        answers.push(JSON.stringify(await this.send(who, query, { input: given })).replaceAll(id, "ID"));
      }
      if (answers[0] !== answers[1]) this.violated(who, query, { input }, answers[1], answers[0]);
      for (const row of this.namedIn(answers[0]!)) {
        if (!this.world.sees(who, row) && !JSON.stringify(input).includes(row.id))
          this.violated(who, query, { input }, "no other row", row);
      }
    };
  }

  private namedIn(text: string): Row[] {
    const ids = text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
    const numbers = new Set(text.match(/[A-Z]{2}-\d{4}-\d{6}/g) ?? []);
    const numbered =
      numbers.size === 0 ? [] : [...this.world.rows.values()].filter((row) => numbers.has(row.number ?? ""));
    return [...ids.flatMap((id) => this.world.find(id) ?? []), ...numbered];
  }

  private async send({ authorization }: Client, query: string, variables: object): Promise<Answer> {
    return (await this.company.request(authorization, { query, variables })) as Answer;
  }

  private check({ who, query, variables, answer }: Sent, got: unknown, expected: unknown): void {
    const [one, other] = [JSON.stringify(settled(got ?? null)), JSON.stringify(settled(expected))];
    if (one !== other || answer.errors) this.violated(who, query, variables, expected, answer.errors ? answer : got);
  }

  private violated(who: Client, query: string, variables: object, expected: unknown, got: unknown): void {
    const idsOf = (value: unknown) => new Set(this.namedIn(JSON.stringify(value) ?? "").map(({ id }) => id));
    const [right, wrong] = [idsOf(expected), idsOf(got)];
    const told = (ids: ReadonlySet<string>, others: ReadonlySet<string>) =>
      [...ids].filter((id) => !others.has(id)).map((id) => `${id} ${this.described(id)}`);
    this.violations.push(
      [
        `${who.user} (${who.roles.join(", ")}; ${who.departments.join(", ") || "no department"})`,
        `${query} ${JSON.stringify(variables)}`,
        `leaked: ${told(wrong, right).join(", ") || "–"}`,
        `missing: ${told(right, wrong).join(", ") || "–"}`,
        `expected ${JSON.stringify(settled(expected))}`,
        `got      ${JSON.stringify(settled(got))}`,
      ]
        .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line))
        .join("\n  "),
    );
  }

  /** The row, and who was given what it is about. */
  private described(id: string): string {
    const row = this.world.find(id)!;
    const own = [id, ...row.orderIds].flatMap((each) => this.world.own.get(each) ?? []);
    return JSON.stringify({ ...row, own });
  }
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}
interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Sent {
  readonly who: Client;
  readonly query: string;
  readonly variables: object;
  readonly answer: Answer;
}
