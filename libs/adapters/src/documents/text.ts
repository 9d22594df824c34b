// Texts as every engine keeps and compares them.

/** By code points, as UTF-8 is compared; JavaScript's `<` goes by UTF-16 units and has astral characters elsewhere. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return behindSurrogates(x) - behindSurrogates(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
const behindSurrogates = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

/** Text as it is stored: half a surrogate pair is not text, and would come back as another one. */
export const textOf = (text: string): string => (text.isWellFormed() ? text : text.toWellFormed());
