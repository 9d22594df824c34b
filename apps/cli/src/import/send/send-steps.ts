// Sends steps as mutations: several of one order in one document, which the server carries out one after the other.
import { Fault } from "@gendan/eventing";
import type { Step } from "../plan/step.js";
import type { GraphqlAnswer, GraphqlClient } from "./graphql-client.js";

/** What became of a step. */
export type Sent =
  | { readonly status: "taken" | "known"; readonly settleToken: string | null }
  | { readonly status: "refused"; readonly code: string; readonly reason: string };

/** Mutations in one document at most. */
const MOST = 20;
/** These say that it is there already, under another content: an earlier order of the same customer wins. */
const ALREADY: ReadonlySet<string> = new Set(["CUSTOMER_EXISTS"]);

interface Payload {
  readonly revision: string | null;
  readonly replayed: boolean;
  readonly settleToken: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

/** Carries the steps out in their order; each gets its answer. Throws Faults where the server does not take them at all. */
export async function sendSteps(client: GraphqlClient, steps: readonly Step[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let start = 0; start < steps.length; start += MOST) {
    sent.push(...(await sendDocument(client, steps.slice(start, start + MOST))));
  }
  return sent;
}

async function sendDocument(client: GraphqlClient, steps: readonly Step[]): Promise<Sent[]> {
  const answer = await client.send(
    documentOf(steps),
    Object.fromEntries(steps.map(({ input }, index) => [`i${index}`, input])),
  );
  if (!answer.errors?.length && answer.data)
    return steps.map((_, index) => sentOf(answer.data![`s${index}`] as Payload));
  // One that cannot be taken hides the answers of the others: sent alone, each has its own. Those that were taken are known then.
  if (steps.length === 1) return [unfit(answer)];
  const sent: Sent[] = [];
  for (const step of steps) sent.push(...(await sendDocument(client, [step])));
  return sent;
}

const documents = new Map<string, string>();

function documentOf(steps: readonly Step[]): string {
  const shape = steps.map(({ mutation }) => mutation).join(" ");
  const known = documents.get(shape);
  if (known !== undefined) return known;
  const typeOf = (mutation: string) => `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const variables = steps.map(({ mutation }, index) => `$i${index}: ${typeOf(mutation)}`).join(" ");
  const fields = steps.map(
    ({ mutation }, index) =>
      `s${index}: ${mutation}(input: $i${index}) { revision replayed settleToken userErrors { code field message } }`,
  );
  const text = `mutation Import(${variables}) { ${fields.join(" ")} }`;
  documents.set(shape, text);
  return text;
}

function sentOf({ revision, replayed, settleToken, userErrors }: Payload): Sent {
  const [first, ...others] = userErrors;
  if (first && !ALREADY.has(first.code)) {
    const more =
      others.length === 0
        ? ""
        : ` (and ${others.map(({ code, field }) => (field === null ? code : `${code} ${field}`)).join(", ")})`;
    return { status: "refused", code: first.code, reason: `${first.message}${more}` };
  }
  return { status: replayed || first || revision === null ? "known" : "taken", settleToken };
}

function unfit({ errors }: GraphqlAnswer): Sent {
  const [first] = errors ?? [];
  const code = first?.extensions?.code ?? "INTERNAL";
  if (code === "BAD_USER_INPUT" || code === "COMMAND_ID_REUSED")
    return { status: "refused", code, reason: first!.message };
  throw new Fault(
    "CLOSED",
    `The server failed to carry out a command (${code}): ${first?.message ?? "it did not say why"}`,
  );
}
