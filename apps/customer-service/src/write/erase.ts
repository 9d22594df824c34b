// Erase: recorded in the person's stream first, then the key is destroyed. The log is what counts: whoever dies in between, or
// whose key store is away, has the key destroyed by the kernel, which follows the log (Aggregate.erasedBy).
import { instant, type Commands, type Engines, type Envelope, type Outcome } from "@gendan/eventing";
import type { Erase } from "../domain/erasure/erasure.js";

/** Resolved when nobody can open what is held of the person any more. Throws KEY_STORE_UNAVAILABLE: recorded, destroyed later. */
export async function erase<State, Refusal extends { readonly code: string }>(
  commands: Pick<Commands<State, Erase, Refusal>, "handle">,
  { keys, clock }: Pick<Engines, "keys" | "clock">,
  id: string,
  envelope: Envelope,
): Promise<Outcome<State, Refusal>> {
  const outcome = await commands.handle(id, { type: "Erase" }, envelope);
  if (outcome.status !== "refused") await keys.erase(id, instant(clock));
  return outcome;
}
