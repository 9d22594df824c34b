// How far long work has come: one line that is written over on a terminal, plain lines now and then elsewhere.
import type { Texts } from "./texts.js";

export interface ProgressLine {
  /** `total` is undefined while it is unknown. */
  at(done: number, total: number | undefined): void;
  /** Clears the line, so that what follows begins on one of its own. */
  end(): void;
}

/** Work that takes no longer than this shows nothing, in milliseconds. */
const QUIET_MS = 1_000;
const REWRITE_MS = 200;
const PLAIN_LINE_MS = 5_000;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function progressLine(
  what: string,
  texts: Texts,
  output: Output = process.stderr,
  now: () => number = () => performance.now(),
): ProgressLine {
  let started = now();
  let last = 0;
  const every = output.isTTY ? REWRITE_MS : PLAIN_LINE_MS;
  let next = started + QUIET_MS;
  let shown = false;
  return {
    at(done, total) {
      const time = now();
      if (done < last) started = time; // the next part of the work, counted anew
      last = done;
      if (time < next) return;
      next = time + every;
      const line = `${what}: ${progressText(done, total, time - started, texts)}`;
      output.write(output.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      shown = true;
    },
    end() {
      if (shown && output.isTTY) output.write("\r\u001b[K");
      shown = false;
    },
  };
}

/** "1,200 of 8,135 (15 %), 310/s, 22 s left" */
export function progressText(done: number, total: number | undefined, elapsedMs: number, texts: Texts): string {
  const rate = done / Math.max(elapsedMs / 1000, 0.001);
  const count = total === undefined ? texts.count(done) : texts.of(done, total);
  const left = total === undefined || rate === 0 ? "" : `, ${texts.left(Math.ceil(Math.max(total - done, 0) / rate))}`;
  return `${count}, ${rate < 10 ? rate.toFixed(1) : texts.count(Math.round(rate))}/s${left}`;
}
