// The way to one caller of the EventStoreDB double: waits while he does not read, and gives up when he is gone.
import type { ServerWritableStream } from "@grpc/grpc-js";

export class Outlet<Response> {
  /** Nobody listens any more. */
  gone = false;
  private wake: () => void = () => undefined;

  constructor(private readonly call: ServerWritableStream<unknown, Response>) {
    call.on("drain", () => this.wake());
    call.on("cancelled", () => this.leave());
  }

  /** Resolved when the caller takes more. */
  async write(response: Response): Promise<void> {
    if (this.gone || this.call.write(response)) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
  }

  leave(): void {
    this.gone = true;
    this.wake();
  }
}
