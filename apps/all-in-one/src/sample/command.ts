// What the sample is made of: ordinary mutations, each by somebody and at some time, in stories that go on side by side.
import { uuidFrom } from "@gendan/eventing";

/** One mutation. The command's id follows from what it is and what it is about. */
export interface Command {
  readonly user: User;
  readonly mutation: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly input: Readonly<Record<string, unknown>>;
  /** Weeks-old things arm no timers; absent: by how long ago it was. */
  readonly historical?: boolean;
  /** A rule answers to it with an issue that gets a number: what else happens must not come between. */
  readonly raisesIssue?: boolean;
}

/**
 * What happens one after the other to one thing. The first steps of all stories are carried out, then, when all services
 * have heard of them, the second ones, and so on. The commands of one step are about different things.
 */
export type Story = readonly (readonly Command[])[];

/** Who works here; the roles and departments are in people.ts. */
export type User = "li" | "wang" | "zhou" | "fischer" | "mei" | "chen" | "sun" | "zhao" | "web-shop";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The commands of the stories' nth steps, in the order of their time. */
export const stepOf = (stories: readonly Story[], n: number): Command[] =>
  stories.flatMap((story) => story[n] ?? []).sort((one, other) => one.at - other.at);

export const commandIdOf = ({ user, mutation, input }: Command): string =>
  uuidFrom("sample", user, mutation, JSON.stringify(input));
