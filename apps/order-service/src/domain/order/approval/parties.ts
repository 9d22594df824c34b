// Whom a level asks, and whether those who approved are enough: each party of an all-of level by a person of its own.
import { departmentTokens, sees } from "@gendan/eventing";
import type { Level, Party } from "./approval.events.js";

/** Somebody who wants to approve, with what they are. */
export interface Approver {
  readonly person: string;
  readonly roles: readonly string[];
  /** The scope tokens of their departments. */
  readonly tokens: readonly string[];
}

export const isOneOf = ({ person, role, department }: Party, approver: Approver): boolean =>
  person !== undefined
    ? person === approver.person
    : role !== undefined
      ? approver.roles.includes(role)
      : sees(approver.tokens, departmentTokens(department ?? ""));

/** The parties of the level that the approver is one of, by their places. */
export const placesOf = (level: Pick<Level, "of">, approver: Approver): number[] =>
  level.of.flatMap((party, place) => (isOneOf(party, approver) ? [place] : []));

/**
 * The parties that are still waited for, where each approval answers to one of its places: as many as can be answered to are
 * (augmenting paths), and who could stand for two parties stands for the one that fewer others can.
 */
export function unanswered({ of, need }: Level, approvals: readonly (readonly number[])[]): Party[] {
  if (need === "any") return approvals.some((places) => places.length > 0) ? [] : [...of];
  const holder = new Map<number, number>();
  const rarest = (places: readonly number[]) => [...places].sort((one, other) => rarity(of[one]!) - rarity(of[other]!));
  const settle = (approval: number, tried: Set<number>): boolean =>
    rarest(approvals[approval]!).some((place) => {
      if (tried.has(place)) return false;
      tried.add(place);
      const other = holder.get(place);
      if (other !== undefined && !settle(other, tried)) return false;
      holder.set(place, approval);
      return true;
    });
  for (const approval of approvals.keys()) settle(approval, new Set());
  return of.filter((_, place) => !holder.has(place));
}

/** A person is one, a department has some, a role anybody may have. */
const rarity = ({ person, department }: Party): number => (person !== undefined ? 0 : department !== undefined ? 1 : 2);
