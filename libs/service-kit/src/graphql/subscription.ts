// A subscription as answers that come one by one. Whatever ends it but its own end is the last answer: an error with its code.
import { subscribe, type GraphQLError, type GraphQLSchema } from "graphql";
import { describe, presentAll, type Report } from "./errors.js";
import { refused } from "./refusal.js";
import { errorOf, texts } from "./refusal-texts.js";
import type { Answer, GraphqlRequest } from "./subgraph.js";

/** Ends at once when it is told to (`return`), also while an answer is waited for. */
export type Answers = AsyncIterableIterator<Answer>;

export const isStream = (answer: Answer | Answers): answer is Answers => Symbol.asyncIterator in answer;

/** Begins a validated subscription: its answers, or why there are none. */
export async function subscribeTo(
  schema: GraphQLSchema,
  { document, variables, operationName, context }: GraphqlRequest,
  report: Report,
): Promise<Answers | Answer> {
  const present = (errors: readonly GraphQLError[]) => presentAll(errors, context, report);
  const begun = await subscribe({
    schema,
    document,
    variableValues: variables,
    operationName: operationName ?? null,
    contextValue: context,
  });
  if (!(Symbol.asyncIterator in begun)) return { errors: present(begun.errors ?? []) };
  let isOver = false;
  const answers: Answers = {
    async next() {
      if (isOver) return ended;
      try {
        const { done, value } = await begun.next();
        if (done) return ended;
        const { data = null, errors } = value;
        return { done: false, value: errors ? { data, errors: present(errors) } : { data } };
      } catch (error) {
        isOver = true;
        return { done: false, value: { errors: [describe(error, context, report)] } };
      }
    },
    async return() {
      isOver = true;
      await begun.return(undefined);
      return ended;
    },
    [Symbol.asyncIterator]() {
      return answers;
    },
  };
  return answers;
}

const ended = { done: true, value: undefined } as const;

/** The last answer of a subscription whose token has expired. */
export const tokenExpired = (): Answer => ({ errors: [errorOf(texts.tokenExpired(), { code: "UNAUTHENTICATED" })] });

/** The last answer of a subscription whose server stops. */
export const serverStops = (): Answer => ({ errors: [errorOf(texts.serverStops(), { code: "CLOSED" })] });

/** Why a subscription is not answered as a document. */
export const wrongDoor = () => refused(406, "BAD_REQUEST", texts.eventsAlone());
