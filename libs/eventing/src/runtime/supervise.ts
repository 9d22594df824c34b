// Keeps something running that can fail while an engine is away: starts it again after a pause, and says what keeps it from working.
import type { Clock } from "../ports/clock.js";
import type { Running } from "../ports/event-store.js";

/** The pause before a new start doubles from the first to the last of these, in milliseconds. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

export interface Supervised extends Running {
  /** The fault that it is recovering from, undefined while it works. */
  fault(): unknown;
  /** Since when it has been recovering, in the clock's milliseconds. */
  faultySince(): number | undefined;
}

/**
 * Starts `start` and starts it again whenever it fails; `working` is called by what runs when it has made progress, `alive`
 * when its engines answer it again: the fault is over then, though the next one is still met with the longer pause.
 * Faults are given to `report` once per failure.
 */
export function supervise(
  clock: Clock,
  start: (failed: (error: unknown) => void, working: () => void, alive: () => void) => Promise<Running>,
  report: (error: unknown) => void,
): Supervised {
  let stopped = false;
  let fault: unknown;
  let since: number | undefined;
  let pause = FIRST_PAUSE_MS;
  let cancel: () => void = () => undefined;
  let running: Promise<Running | undefined>;

  const failed = (error: unknown): void => {
    if (stopped) return;
    fault = error;
    since ??= clock.now();
    report(error);
    const before = running;
    cancel = clock.at(clock.now() + pause, () => {
      running = before.then((last) => last?.stop()).then(begin, begin);
    });
    pause = Math.min(pause * 2, LAST_PAUSE_MS);
  };
  const alive = (): void => {
    fault = undefined;
    since = undefined;
  };
  const working = (): void => {
    alive();
    pause = FIRST_PAUSE_MS;
  };
  async function begin(): Promise<Running | undefined> {
    if (stopped) return undefined;
    try {
      return await start(failed, working, alive);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }
  running = Promise.resolve().then(begin);
  return {
    fault: () => fault,
    faultySince: () => since,
    async stop() {
      stopped = true;
      cancel();
      await (await running)?.stop();
    },
  };
}
