// Chance that can be repeated: the same seed, the same numbers.

export interface Random {
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<Value>(from: readonly Value[]): Value;
}

/** Mulberry32: small, fast, good enough to choose moments and quantities. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (from) => from[below(from.length)]!,
  };
}
