// A mutation, from its input to its payload: parsed, allowed, carried out, told in the caller's language.
import type { Coded, Envelope, EnvelopeRefusal, Outcome } from "@gendan/eventing";
import {
  envelopeOf,
  unlessErased,
  type BackdateRefusal,
  type Caller,
  type ErasedRefusal,
  type Meant,
} from "@gendan/security";
import {
  parseInput,
  payloadOf,
  refusedPayload,
  withoutNulls,
  type GendanContext,
  type Messages,
  type Payload,
} from "@gendan/service-kit";
import type { z } from "zod";

export type Context = GendanContext<Caller>;

/** What an input asks for: all of it but which command it is, and when it is meant. */
export function asked<Given extends Meant>(given: Given): Omit<Given, keyof Meant> {
  const { commandId: _, occurredAt: __, historical: ___, ...rest } = given;
  return rest;
}

/** Why not, before there is a command. */
export type ApiRefusal = BackdateRefusal | ErasedRefusal | NotSeen;

/** Out of scope or absent: the caller cannot tell which. */
export interface NotSeen {
  readonly code: "NOT_FOUND";
  readonly id: string;
}

/** Decisions have the time at which they are made unless the caller may backdate; a fact has a time of its own. */
type Kind = "decision" | "fact";

interface Mutation<Schema extends z.ZodType<Meant>, Result> {
  readonly kind: Kind;
  readonly schema: Schema;
  readonly act: (input: z.output<Schema>, envelope: Envelope) => Promise<Result | ApiRefusal>;
  /** The payload, in the caller's language. */
  readonly tell: (result: Result | ApiRefusal, context: Context) => Payload;
}

/** Carries out one mutation. Throws BAD_USER_INPUT for an input that is none. */
export async function carryOut<Schema extends z.ZodType<Meant>, Result>(
  context: Context,
  input: unknown,
  { kind, schema, act, tell }: Mutation<Schema, Result>,
): Promise<Payload> {
  const parsed = parseInput(schema, withoutNulls(input));
  const envelope = envelopeOf(context, parsed, kind);
  return tell("code" in envelope ? envelope : await unlessErased(() => act(parsed, envelope)), context);
}

interface NotFound {
  readonly code: "NOT_FOUND";
}

/** What a domain refuses with: of what is not there it does not know the id. */
type Refused<Told extends Coded> = Exclude<Told, NotFound> | NotFound;

/** Makes payloads of what became of commands. Out of scope answers exactly as absent: the id stands beside the one as beside the other. */
export const teller =
  <Told extends Coded>(messages: Messages<Told | ApiRefusal>) =>
  (result: Outcome<unknown, Refused<Told>> | ApiRefusal, context: Context): Payload => {
    if ("code" in result) return refusedPayload<Told | ApiRefusal>([result], messages, context);
    if (result.status !== "refused") return payloadOf<unknown, Told | ApiRefusal>(result, messages, context);
    const tell = (refusal: Refused<Told> | EnvelopeRefusal): Told | ApiRefusal | EnvelopeRefusal =>
      refusal.code === "NOT_FOUND" ? { code: "NOT_FOUND", id: result.id } : (refusal as Told);
    return refusedPayload<Told | ApiRefusal>(result.refusals.map(tell), messages, context);
  };
