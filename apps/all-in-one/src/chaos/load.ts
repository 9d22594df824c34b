// The load of every scenario: clients that carry one order after the other, and what they wait for.
import { signToken } from "@gendan/security";
import type { Client } from "./client.js";
import { ENTERER, Merchandiser, VERIFIER } from "./journey.js";
import { acknowledgedIn, type Ledger } from "./ledger.js";
import { randomOf } from "./random.js";

export interface LoadOptions {
  /** Chooses orders and quantities. */
  readonly seed: number;
  readonly clients?: number;
}

const CLIENTS = 12;
/** So long without any acknowledgement is a company that does not answer, in milliseconds. */
const PATIENCE_MS = 120_000;

export interface Working {
  /** Resolved when every client has finished its last order. */
  readonly ended: Promise<void>;
}

/** Clients that carry one order after the other until it is enough. */
export function work(
  client: Client,
  ledger: Ledger,
  { seed, clients = CLIENTS }: LoadOptions,
  enough: () => boolean,
): Working {
  const one = async (_: unknown, index: number): Promise<void> => {
    const merchandiser = new Merchandiser(`${seed}-${index}`, client, ledger, randomOf(seed * 1_000 + index));
    try {
      do await merchandiser.carryOne();
      while (!enough());
    } catch (error) {
      ledger.violations.push(`client ${index} was told what it must not be told: ${(error as Error).message}`);
    }
  };
  return { ended: Promise.all(Array.from({ length: clients }, one)).then(() => undefined) };
}

/** Tokens of everybody who takes part. */
export const tokensOf = async (secret: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      [ENTERER, VERIFIER].map(async (user) => {
        // They send as fast as programs do, and so need a service account's rate.
        const identity = { user, roles: ["manager", "importer"], expiresIn: "7d" };
        return [user, await signToken(new TextEncoder().encode(secret), identity)] as const;
      }),
    ),
  );

/** `reached` resolves after so many more acknowledgements, and rejects after a long silence. */
export function acknowledgements(ledger: Ledger, count: number) {
  const { promise: reached, resolve, reject } = Promise.withResolvers<void>();
  const silence = (): void => reject(new Error(`The company has acknowledged nothing for ${PATIENCE_MS / 1_000} s.`));
  const timer = setTimeout(silence, PATIENCE_MS);
  ledger.acknowledged = () => {
    timer.refresh();
    if (--count <= 0) resolve();
  };
  const forget = (): void => {
    clearTimeout(timer);
    ledger.acknowledged = () => undefined;
  };
  return { reached, forget };
}

/** Every acknowledged command once more: it was carried out before, at the same revision. */
export async function replayAll(client: Client, ledger: Ledger): Promise<void> {
  const queue = acknowledgedIn(ledger);
  const one = async (): Promise<void> => {
    for (let command = queue.pop(); command; command = queue.pop()) {
      const { mutation, commandId, revision } = command;
      const { replayed, revision: again, userErrors } = await client.mutate({ ...command });
      if (replayed && Number(again) === revision) continue;
      const answer = userErrors.map(({ code }) => code).join(", ") || `revision ${again}, replayed: ${replayed}`;
      ledger.violations.push(`${mutation} ${commandId} was acknowledged at ${revision}; sent again: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, one));
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
