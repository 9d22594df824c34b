// A mutation, from its input to its payload: parsed, allowed, carried out, told in the caller's language.
import type { EnvelopeRefusal as KernelRefusal, Envelope, Outcome } from "@gendan/eventing";
import { unlessErased, type Caller } from "@gendan/security";
import { parseInput, payloadOf, refusedPayload, type GendanContext, type Payload } from "@gendan/service-kit";
import type { z } from "zod";
import { envelopeOf, type Meant } from "@gendan/security";
import { fields, messages, type ApiRefusal, type DomainRefusal, type Refusal } from "./messages.js";

export type Context = GendanContext<Caller>;

/** What came of it: the command's outcome, or why there was no command. */
export type Result = Outcome<unknown, DomainRefusal> | ApiRefusal;

/** Carries out one mutation; `act` gets the parsed input and the envelope of a caller who may send it. */
export async function carryOut<Schema extends z.ZodType<Meant>>(
  context: Context,
  { kind, schema, input }: { readonly kind: "decision" | "fact"; readonly schema: Schema; readonly input: unknown },
  act: (input: z.output<Schema>, envelope: Envelope) => Promise<Result>,
): Promise<Payload> {
  const parsed = parseInput(schema, input);
  const envelope = envelopeOf(context, parsed, kind);
  const result = "code" in envelope ? envelope : await unlessErased(() => act(parsed, envelope));
  if ("code" in result) return refusedPayload<Refusal>([result], messages, context);
  return payloadOf(told(result), messages, context);
}

/** Out of scope answers exactly as absent: the id stands beside the one as beside the other. */
function told(outcome: Outcome<unknown, DomainRefusal>): Outcome<unknown, Refusal> {
  if (outcome.status !== "refused") return outcome;
  const tell = (refusal: DomainRefusal | KernelRefusal): Refusal | KernelRefusal => {
    if (refusal.code === "NOT_FOUND") return { code: "NOT_FOUND", id: outcome.id };
    if (refusal.code === "SUBJECT_ERASED") return { code: "SUBJECT_ERASED", subject: outcome.id };
    const field = fields[refusal.code as DomainRefusal["code"]];
    return (field === undefined ? refusal : { ...refusal, field }) as Refusal;
  };
  const [first, ...others] = outcome.refusals;
  return { ...outcome, refusals: [tell(first), ...others.map(tell)] };
}
