// Clears what nobody needs from the blob store every hour, for as long as the service runs.
import type { Service } from "@gendan/eventing";
import { clearOrphans } from "./clear-orphans.js";

const HOUR_MS = 3_600_000;

export class OrphanClearing {
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly service: Service) {
    this.timer = setInterval(() => void this.clear(), HOUR_MS).unref();
  }

  /** How many were cleared; none while the documents lag, or a store is away: the next hour finds the same. */
  async clear(): Promise<number> {
    const { blobs, keys, clock } = this.service.engines;
    if (!blobs || this.service.staleSince() !== undefined) return 0;
    try {
      return await clearOrphans({ blobs, keys, documents: this.service.documents("attachments") }, clock.now());
    } catch {
      return 0;
    }
  }

  /** Nest calls it when the module is closed. */
  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
