// What can have happened to an interaction: one conversation with a customer.
import type { Scope, Sealed } from "@gendan/eventing";
import type { Followed } from "../follow-scope.js";
import type { About } from "../shared.events.js";

export type InteractionEvent = InteractionLogged | InteractionScopeFollowed;

export type Channel = "call" | "mail" | "chat" | "visit" | "portal";

export interface InteractionLogged extends Scope {
  readonly type: "interaction.logged";
  readonly customerId: string;
  readonly channel: Channel;
  readonly direction: "inbound" | "outbound";
  readonly summary?: Sealed | undefined;
  readonly about: About;
}

/** Its order is owned or seen by others; it follows. */
export interface InteractionScopeFollowed extends Followed {
  readonly type: "interaction.scope.followed";
}
