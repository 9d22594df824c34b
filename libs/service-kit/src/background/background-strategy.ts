// Background work as a Nest microservice: it begins when the application listens and ends when it closes. No handlers.
import type { Running } from "@gendan/eventing";
import type { CustomTransportStrategy } from "@nestjs/microservices";

/** Starts what runs beside the requests (relay, projections, reactions), in order, and stops it in reverse order. */
export class BackgroundStrategy implements CustomTransportStrategy {
  private readonly running: Running[] = [];

  constructor(private readonly work: readonly (() => Running | Promise<Running>)[]) {}

  listen(listening: (error?: unknown) => void): void {
    this.start().then(
      () => listening(),
      (error: unknown) => void this.close().finally(() => listening(error)),
    );
  }

  async close(): Promise<void> {
    for (let last = this.running.pop(); last; last = this.running.pop()) await last.stop();
  }

  private async start(): Promise<void> {
    for (const begin of this.work) this.running.push(await begin());
  }
}
