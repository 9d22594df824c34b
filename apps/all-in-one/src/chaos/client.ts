// A client of the GraphQL API that never gives up: what was not answered is sent again under the same command id.
import type { Ledger, SentCommand } from "./ledger.js";

/** Where the server answers now: while it is down, a promise of the next one. */
export type Where = () => Promise<string>;

export interface Payload {
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

type Data = Readonly<Record<string, unknown>>;

interface Answer {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** An answer that takes longer counts as none, in milliseconds. */
const PATIENCE_MS = 30_000;
/** Asked again, in milliseconds, when the server answered that it is not so yet. */
const PAUSE_MS = 10;
/** What is not so after this time, kills and all, will never be, in milliseconds. */
const LONGEST_WAIT_MS = 180_000;
/** What may be answered by a server that is busy or stopping; the same again is right. */
const passing = new Set([
  "READ_BEHIND",
  "CLOSED",
  "OVERLOADED",
  "CONFLICT_UNRESOLVED",
  "SERVICE_TIMEOUT",
  "SERVICE_UNAVAILABLE",
  "EVENT_STORE_UNAVAILABLE",
  "EVENT_BUS_UNAVAILABLE",
  "DOCUMENT_STORE_UNAVAILABLE",
  "KEY_STORE_UNAVAILABLE",
]);

export class Client {
  constructor(
    private readonly where: Where,
    private readonly tokens: Readonly<Record<string, string>>,
    private readonly ledger: Ledger,
  ) {}

  /** Sends a command until it is answered, and notes the answer. Undefined when it was refused. */
  async carryOut(command: SentCommand): Promise<Payload | undefined> {
    this.ledger.commands.set(command.commandId, command);
    const payload = await this.mutate(command);
    return this.note(command, payload);
  }

  /** The same command over two connections at once, as when somebody clicks twice: one is carried out, one replayed. */
  async carryOutTwice(command: SentCommand): Promise<Payload | undefined> {
    this.ledger.commands.set(command.commandId, command);
    const [one, other] = await Promise.all([this.mutate(command), this.mutate(command)]);
    if (one.revision !== other.revision || !(one.replayed || other.replayed))
      this.ledger.violations.push(`${command.mutation} ${command.commandId} was carried out twice`);
    return this.note(command, one);
  }

  /** Sends a command once more to whoever is there, noting nothing. */
  async mutate(command: SentCommand): Promise<Payload> {
    const { mutation, input, commandId, user } = command;
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const query =
      `mutation ($input: ${type}) { ${mutation}(input: $input) ` +
      `{ revision replayed settleToken userErrors { code message } } }`;
    const data = await this.ask(user, query, { input: { commandId, ...input } }, () => command.attempts++);
    return data[mutation] as Payload;
  }

  /** Asks until the answer is true; what a server has not applied yet it applies by itself. */
  async until(user: string, query: string, variables: object, holds: (data: Data) => boolean): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (!holds(await this.ask(user, query, variables))) {
      if (Date.now() > deadline) throw new Error(`${query} ${JSON.stringify(variables)} never came true`);
      await pause();
    }
  }

  /** Asks until there is an answer. Throws what the server answers and never may. */
  async ask(user: string, query: string, variables: object, sending: () => void = () => undefined): Promise<Data> {
    for (;;) {
      const url = await this.where();
      sending();
      const answer = await post(url, this.tokens[user]!, { query, variables });
      if (answer === undefined) continue;
      if (!answer.errors && answer.data) return answer.data;
      const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? "none");
      if (codes.length === 0 || !codes.every((code) => passing.has(code)))
        throw new Error(`${query.slice(0, 80)} … was answered with ${JSON.stringify(answer)}`);
      await pause();
    }
  }

  private note(command: SentCommand, payload: Payload): Payload | undefined {
    const { revision, userErrors } = payload;
    if (userErrors.length > 0) {
      command.refused = userErrors.map(({ code }) => code);
      return undefined;
    }
    command.revision = Number(revision);
    this.ledger.acknowledged();
    return payload;
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));

/** Undefined when nobody answered, or not to the end. */
async function post(url: string, token: string, body: object): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await response.json()) as Answer;
  } catch {
    return undefined;
  }
}
