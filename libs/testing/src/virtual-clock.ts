// A clock that stands still until a test moves it.
import type { Clock } from "@gendan/eventing";

export class VirtualClock implements Clock {
  private time: number;
  private readonly alarms = new Set<{ readonly time: number; readonly wake: () => void }>();

  constructor(start: string = "2026-03-02T08:00:00.000Z") {
    this.time = Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  at(time: number, wake: () => void): () => void {
    const alarm = { time, wake };
    this.alarms.add(alarm);
    if (time <= this.time) queueMicrotask(() => this.ring(alarm));
    return () => this.alarms.delete(alarm);
  }

  /** Moves on by milliseconds and rings what is due by then, in order. */
  advance(ms: number): void {
    this.time += ms;
    const due = [...this.alarms].filter(({ time }) => time <= this.time).sort((a, b) => a.time - b.time);
    for (const alarm of due) this.ring(alarm);
  }

  private ring(alarm: { readonly time: number; readonly wake: () => void }): void {
    if (this.alarms.delete(alarm)) alarm.wake();
  }
}
