// The clock port: the system's in service, a virtual one in tests.

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `wake` once at the given time (at once when it has passed); the returned function forgets it. Never keeps a process alive. */
  at(time: number, wake: () => void): () => void;
}

/** The longest time that one timer of the platform can hold, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(time - Date.now(), 0), LONGEST_TIMER));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The clock's time as an ISO 8601 instant in UTC. */
export const instant = (clock: Clock): string => new Date(clock.now()).toISOString();
