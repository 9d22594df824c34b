// What was probably meant by a name that is none.

/** A name that differs in more characters is probably not a slip of the finger. */
const MAX_TYPING_ERRORS = 4;

/** The known name that a mistyped one is nearest to; undefined where none is near. */
export function nearestOf(name: string, known: Iterable<string>): string | undefined {
  // Of a short name nothing is left after four slips.
  let most = Math.min(MAX_TYPING_ERRORS, Math.floor(name.length / 2));
  let nearest: string | undefined;
  for (const each of known) {
    const apart = distance(name, each);
    if (apart > most) continue;
    nearest = each;
    most = apart - 1;
  }
  return nearest;
}

/** How many characters must be typed, left out or replaced to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
