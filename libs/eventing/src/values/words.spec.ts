import { expect, test } from "@jest/globals";
import { wordsIn, wordsToFind } from "./words.js";

test.each([
  ["SO-2026-000123", ["so", "2026", "000123"]],
  ["ＡＢ Größe 12", ["ab", "größe", "12"]],
  ["手机壳 A1", ["手", "机", "壳", "手机", "机壳", "a1"]],
  [undefined, []],
])("%s is found under its words", (text, words) => expect(wordsIn(text)).toEqual(words));

test("a word is kept once", () => expect(wordsIn("red Red", "RED")).toEqual(["red"]));

test.each(["手机", "机壳", "壳", "手机壳 a1", "a1 机"])("%s finds it", (asked) => {
  const words = wordsIn("手机壳 A1");
  expect(wordsToFind(asked).every((word) => words.includes(word))).toBe(true);
});
test.each(["手壳", "机手", "a", "a1 b"])("%s does not", (asked) => {
  const words = wordsIn("手机壳 A1");
  expect(wordsToFind(asked).every((word) => words.includes(word))).toBe(false);
});
test("nothing to look for is no word", () => expect(wordsToFind(" - ")).toEqual([]));
