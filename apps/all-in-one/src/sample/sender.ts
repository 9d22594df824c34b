// Sends the sample's commands through the gateway, each with its person's token, so that the outcome is the same every time.
import { signToken } from "@gendan/security";
import { commandIdOf, DAY, stepOf, type Command, type Story, type User } from "./command.js";
import { people } from "./people.js";

/** So many commands at once, which share their commits. They begin in order, so numbers for people are dealt in order. */
const AT_ONCE = 64;
/** What lies further back arms no timers: the clock would act on it at once. */
const HISTORICAL_MS = 6 * DAY;

export interface Sender {
  /** Carries out stories side by side, step by step. */
  tell(stories: readonly Story[]): Promise<void>;
  /** What the manager is answered. */
  ask(query: string, variables?: object): Promise<Readonly<Record<string, unknown>>>;
}

/** What the sample is sent to: a company in this process, or one of many processes. */
export interface SampleTarget {
  /** What tokens are signed with. */
  readonly secret: Uint8Array;
  /** The answer to a GraphQL request. */
  request(authorization: string, body: object): Promise<unknown>;
  /** Resolved when no service has anything left to do. */
  settled(): Promise<void>;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Whatever is refused is a defect of the sample, and thrown; so is the reason of the signal. */
export async function senderTo(company: SampleTarget, now: number, signal: AbortSignal): Promise<Sender> {
  const tokens = new Map<User, string>();
  for (const [user, identity] of Object.entries(people) as [User, (typeof people)[User]][]) {
    const token = await signToken(company.secret, { user, ...identity, expiresIn: "1h" });
    tokens.set(user, `Bearer ${token}`);
  }

  async function post(user: User, query: string, variables: object): Promise<Readonly<Record<string, unknown>>> {
    signal.throwIfAborted();
    const { data, errors } = (await company.request(tokens.get(user)!, { query, variables })) as Answer;
    if (errors || !data) throw new Error(`${query.slice(0, 60)} … failed: ${JSON.stringify(errors)}`);
    return data;
  }

  // A token is verified on other threads when it is first seen: commands that wait for it would overtake each other.
  for (const user of tokens.keys()) await post(user, "{ __typename }", {});

  async function send(command: Command): Promise<void> {
    const { user, mutation, at, input, historical = now - at > HISTORICAL_MS } = command;
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { userErrors { code field message } } }`;
    const envelope = { commandId: commandIdOf(command), occurredAt: new Date(at).toISOString(), historical };
    const data = await post(user, query, { input: { ...envelope, ...input } });
    const { userErrors } = data[mutation] as { readonly userErrors: readonly object[] };
    if (userErrors.length > 0)
      throw new Error(`${mutation} by ${user} was refused: ${JSON.stringify({ userErrors, input })}`);
  }

  async function carryOut(commands: readonly Command[]): Promise<void> {
    const queue = commands.filter(({ raisesIssue }) => !raisesIssue);
    const next = async (): Promise<void> => {
      for (let command = queue.shift(); command; command = queue.shift()) await send(command);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    for (const command of commands.filter(({ raisesIssue }) => raisesIssue)) {
      await company.settled();
      await send(command);
    }
    await company.settled();
  }

  return {
    ask: (query, variables = {}) => post("mei", query, variables),
    async tell(stories) {
      const steps = Math.max(0, ...stories.map(({ length }) => length));
      for (let n = 0; n < steps; n++) await carryOut(stepOf(stories, n));
    },
  };
}
