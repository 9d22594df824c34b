// The search words of a text, the same for what is stored and for what is looked for.

/** Runs of Chinese characters have no spaces: every character, and every two that stand together, is a word. */
const CHINESE = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The words under which a text is found. */
export function wordsIn(...texts: readonly string[]): string[] {
  const found = texts
    .map(plain)
    .flatMap((text) => [
      ...(text.match(CHINESE) ?? []).flatMap((run) => [...run, ...pairsOf(run)]),
      ...(text.replace(CHINESE, " ").match(WORD) ?? []),
    ]);
  return [...new Set(found)];
}

/** The words that must all be found for a text that somebody looks for: of a Chinese run its pairs, one character if it is one. */
export function wordsToFind(text: string): string[] {
  const asked = plain(text);
  const found = [
    ...(asked.match(CHINESE) ?? []).flatMap((run) => ([...run].length === 1 ? [run] : pairsOf(run))),
    ...(asked.replace(CHINESE, " ").match(WORD) ?? []),
  ];
  return [...new Set(found)];
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]!}${character}`);
}

/** A name as a key: the same for every way of writing it that a person would call the same (width, case, spaces). */
export const nameKey = (name: string): string => plain(name).trim().replace(/\s+/gu, " ");
