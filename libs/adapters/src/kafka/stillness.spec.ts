// The watch over consumers, with the time in hand.
import { expect, it } from "@jest/globals";
import { Stillness } from "./stillness.js";

it("finds who lags and does not move, and nobody else", () => {
  const stillness = new Stillness(60);
  const look = (at: number, mark: string, excused = false) => stillness.look(at, mark, excused);
  expect([look(0, "a"), look(59, "a"), look(60, "a")]).toEqual([false, false, true]);
  expect([look(61, "b"), look(120, "b"), look(121, "b")]).toEqual([false, false, true]);
  expect([look(130, "b", true), look(189, "b"), look(190, "b")]).toEqual([false, false, true]);
});
