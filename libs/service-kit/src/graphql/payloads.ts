// Answers of mutations: what became of a command, its refusals in the caller's language.
import { DryRun, type Coded, type EnvelopeRefusal, type Outcome, type WouldHappen } from "@gendan/eventing";
import type { GendanContext, Language } from "./context.js";
import { noGrants } from "./grants.js";

/** How long a service waits at most until it has applied what a settleToken names, in milliseconds: less than it is waited for. */
export const SETTLE_WAIT_MS = 5_000;

/** What people are told of each refusal. A code without its texts does not compile. */
export type Messages<Refusal extends Coded> = {
  readonly [Code in Refusal["code"]]: Texts<Extract<Refusal, { readonly code: Code }>>;
};

type Texts<Refusal> = Readonly<Record<Language, (refusal: Refusal) => string>> & {
  /** The class of fields that what it names is of: who does not see the class is told the code alone. */
  readonly of?: string;
};

/** Who is told, and in which language. */
type Told = Pick<GendanContext, "caller" | "language">;

export interface UserError {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  /** What else the refusal names, for programs. */
  readonly details: Readonly<Record<string, unknown>> | null;
}

/**
 * Common to all payload types. The aggregate itself is a @ResolveField of the payload's type, made of `id` and `revision`, so
 * that it is read only when it is selected.
 */
export interface Payload {
  readonly id: string | null;
  readonly revision: string | null;
  readonly replayed: boolean;
  /** Asks other services whether they have applied this; null when the command was refused. */
  readonly settleToken: string | null;
  readonly userErrors: readonly UserError[];
  /** What would happen; null unless it is a dry run. */
  readonly dryRun: WouldHappen | null;
}

/** The payload of a command's outcome. */
export function payloadOf<State, Refusal extends Coded>(
  outcome: Outcome<State, Refusal>,
  messages: Messages<Refusal>,
  context: Told,
): Payload {
  if (outcome.status === "refused") return refusedPayload(outcome.refusals, messages, context);
  const { id, revision, settleToken, status } = outcome;
  return {
    id,
    revision: revision < 0 ? null : String(revision),
    replayed: status === "replayed",
    // Nothing was told that could be waited for.
    settleToken: DryRun.current ? null : settleToken,
    dryRun: DryRun.current?.take() ?? null,
    userErrors: [],
  };
}

/** A payload of refusals alone, for what api/ finds before there is a command. */
export const refusedPayload = <Refusal extends Coded>(
  refusals: readonly (Refusal | EnvelopeRefusal)[],
  messages: Messages<Refusal>,
  context: Told,
): Payload => ({
  id: null,
  revision: null,
  replayed: false,
  settleToken: null,
  dryRun: DryRun.current?.take() ?? null,
  userErrors: refusals.map((refusal) => userErrorOf(refusal, messages, context)),
});

function userErrorOf<Refusal extends Coded>(
  refusal: Refusal | EnvelopeRefusal,
  messages: Messages<Refusal>,
  { caller: { grants = noGrants }, language }: Told,
): UserError {
  const { code, field, ...details } = refusal as Coded & { readonly field?: unknown };
  const texts = (code in messages ? messages : envelopeMessages) as unknown as Readonly<Record<string, Texts<Coded>>>;
  const { of, [language]: told } = texts[code]!;
  const isSeen = of === undefined || grants.fields.has(of);
  return {
    code,
    field: typeof field === "string" ? field : null,
    message: isSeen ? told(refusal) : unseen[language](code, of),
    details: isSeen && Object.keys(details).length > 0 ? details : null,
  };
}

const unseen: Readonly<Record<Language, (code: string, of: string) => string>> = {
  en: (code, of) => `Refused (${code}). Your roles do not see ${of} fields, and so not why.`,
  zh: (code, of) => `已拒绝（${code}）。您的角色不能查看 ${of} 类字段，因此不显示原因。`,
};

const envelopeMessages: Messages<EnvelopeRefusal> = {
  NOT_FOUND: {
    en: ({ id }) => `There is no ${id} that you can see.`,
    zh: ({ id }) => `找不到 ${id}，或您无权查看。`,
  },
  OCCURRED_IN_FUTURE: {
    en: ({ occurredAt, now }) => `${occurredAt} lies in the future; it is ${now} now.`,
    zh: ({ occurredAt, now }) => `发生时间 ${occurredAt} 晚于当前时间 ${now}。`,
  },
  REVISION_CHANGED: {
    en: ({ expected, actual }) =>
      `It has changed meanwhile: expected was revision ${expected}, and it is at ${actual}. Read it again, and decide again.`,
    zh: ({ expected, actual }) => `内容已发生变化：预期版本号 ${expected}，当前为 ${actual}。请重新读取后再决定。`,
  },
  COMMAND_ID_REUSED: {
    en: ({ commandId }) => `The command id ${commandId} was used for another command; use a new one.`,
    zh: ({ commandId }) => `命令编号 ${commandId} 已用于其他命令，请使用新的编号。`,
  },
};
