// Whom a person has let approve for them: looked up in the person's own stream.
import { departmentToken, uuidFrom, type Commands } from "@gendan/eventing";
import type { Caller } from "@gendan/security";
import type { DelegationCommand, DelegationRefusal, DelegationState } from "../domain/delegation/delegation.decider.js";
import type { Delegating } from "../domain/order/approval/decide-approval.js";
import type { Approver } from "../domain/order/approval/parties.js";

export type DelegationCommands = Commands<DelegationState, DelegationCommand, DelegationRefusal>;

export const delegationId = (person: string): string => uuidFrom("order.delegation", person);

/** The caller as rules know them: by name, by role, by department. */
export const approverOf = ({ user, roles, departments }: Caller): Approver => ({
  person: user,
  roles,
  tokens: departments.map(departmentToken),
});

/** All that the person has given, whoever asks: what of it holds is decided with the command. */
export async function delegatingOf(commands: Pick<DelegationCommands, "load">, person: string): Promise<Delegating> {
  const delegations = (await commands.load(delegationId(person)))?.state.delegations ?? [];
  return { person, delegations };
}
