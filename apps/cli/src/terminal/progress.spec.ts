import { describe, expect, test } from "@jest/globals";
import { progressLine, progressText } from "./progress.js";
import { textsIn } from "./texts.js";

const en = textsIn("en");

function lines(isTTY: boolean) {
  let time = 0;
  let written = "";
  const line = progressLine("Orders", en, { isTTY, write: (text: string) => (written += text) }, () => time);
  const at = (seconds: number, done: number) => {
    time = seconds * 1000;
    line.at(done, 1_000);
  };
  return { at, end: line.end, written: () => written };
}

describe("progress", () => {
  test("is silent for what takes less than a second", () => {
    const { at, end, written } = lines(true);
    at(0.5, 10);
    at(0.9, 900);
    end();
    expect(written()).toBe("");
  });
  test("is one line written over on a terminal, and gone at the end", () => {
    const { at, end, written } = lines(true);
    at(1, 100);
    at(1.1, 110);
    at(2, 200);
    end();
    expect(written()).toBe(
      "\r\u001b[KOrders: 100 of 1,000 (10 %), 100/s, 9 s left\r\u001b[KOrders: 200 of 1,000 (20 %), 100/s, 8 s left\r\u001b[K",
    );
  });
  test("is plain lines now and then elsewhere", () => {
    const { at, end, written } = lines(false);
    for (const second of [1, 2, 3, 4, 5, 6]) at(second, second * 100);
    end();
    expect(written()).toBe(
      "Orders: 100 of 1,000 (10 %), 100/s, 9 s left\nOrders: 600 of 1,000 (60 %), 100/s, 4 s left\n",
    );
  });
  test("says no remaining time where the whole is unknown, and minutes where it is long", () =>
    expect([progressText(5, undefined, 2_000, en), progressText(1, 1_000, 1_000, en)]).toEqual([
      "5, 2.5/s",
      "1 of 1,000 (0 %), 1.0/s, 17 min left",
    ]));
});
