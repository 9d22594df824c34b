// The search words of a text, the same for what is stored and for what is looked for.

/** Runs of Chinese characters have no spaces: every character, and every two that stand together, is a word. */
const CHINESE = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** The words under which texts are found; undefined ones are left out. */
export function wordsIn(...texts: readonly (string | undefined)[]): string[] {
  const found = texts.flatMap((text) => {
    const written = plain(text ?? "");
    return [...runsIn(written).flatMap((run) => [...run, ...pairsOf(run)]), ...othersIn(written)];
  });
  return [...new Set(found)];
}

/** The words that must all be found for a text that somebody looks for: of a Chinese run its pairs, one character if it is one. */
export function wordsToFind(text: string): string[] {
  const asked = plain(text);
  const found = [...runsIn(asked).flatMap((run) => ([...run].length === 1 ? [run] : pairsOf(run))), ...othersIn(asked)];
  return [...new Set(found)];
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();
const runsIn = (text: string): string[] => text.match(CHINESE) ?? [];
const othersIn = (text: string): string[] => text.replace(CHINESE, " ").match(WORD) ?? [];

function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]!}${character}`);
}
