// Publishing: one request at a time, so that what is of one aggregate stays in order; who comes meanwhile shares the next one.
import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "@gendan/eventing";
import { Kafka, Partitioners, type Producer } from "kafkajs";
import { encodeRecordsFaster } from "./encode-record.js";
import { faultOf } from "./faults.js";
import { parcelsOf, PARCEL_LIMITS, type Parcelled } from "./parcels.js";
import { clientConfig, type ReadyKafkaSettings } from "./settings.js";

interface Publication {
  readonly records: readonly Parcelled[];
  readonly resolve: () => void;
  readonly reject: (fault: Fault) => void;
}

const ALL_REPLICAS = -1;

/**
 * Sends publications through one idempotent producer. When a request fails, its outcome is unknown and everything that
 * waits behind it fails with it: else a later event could arrive before an earlier one. Whoever publishes it again, in
 * order, repeats at most. The producer is then made anew, because the library's count of sequences is no longer certain.
 */
export class Publisher {
  private waiting: Publication[] = [];
  private sending: Promise<void> | undefined;
  private producer: Producer | undefined;
  private closed = false;
  /** So many publications go alone: one among them was refused. */
  private alone = 0;

  constructor(private readonly settings: ReadyKafkaSettings) {
    encodeRecordsFaster();
  }

  /** Resolved when the records are on all replicas in sync. Throws EVENT_BUS_UNAVAILABLE, STORE_REFUSED, CLOSED. */
  publish(records: readonly Parcelled[]): Promise<void> {
    if (this.closed) return Promise.reject(new Fault("CLOSED", "The event bus is closed."));
    return new Promise((resolve, reject) => {
      this.waiting.push({ records, resolve, reject });
      this.sending ??= this.send().finally(() => (this.sending = undefined));
    });
  }

  /** Sends what waits and takes nothing more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.producer?.disconnect().catch((error: unknown) => this.settings.report("Closing the producer.", error));
    this.producer = undefined;
  }

  private async send(): Promise<void> {
    await Promise.resolve(); // what is published in the same turn goes together
    while (this.waiting.length > 0) {
      const together = this.take();
      try {
        for (const parcel of parcelsOf(together.flatMap(({ records }) => records))) await this.sendParcel(parcel);
        for (const { resolve } of together) resolve();
      } catch (error) {
        this.failed(together, error);
      }
    }
  }

  private failed(together: readonly Publication[], error: unknown): void {
    this.discard();
    const { code, message, details } = faultOf(error, this.settings.brokers);
    const fault = new Fault(code === "STORE_REFUSED" ? code : "EVENT_BUS_UNAVAILABLE", message, details, {
      cause: error,
    });
    if (code === "STORE_REFUSED" && together.length === 1) {
      together[0]!.reject(fault);
    } else if (code === "STORE_REFUSED") {
      this.waiting.unshift(...together);
      this.alone = together.length;
    } else {
      const all = [...together, ...this.waiting];
      this.waiting = [];
      this.alone = 0;
      for (const { reject } of all) reject(fault);
    }
  }

  /** The first publication, and as many more as fit into its last request. */
  private take(): readonly Publication[] {
    if (this.alone > 0) {
      this.alone--;
      return this.waiting.splice(0, 1);
    }
    let [count, records, bytes] = [0, 0, 0];
    for (const publication of this.waiting) {
      records += publication.records.length;
      for (const { record } of publication.records) bytes += record.bytes;
      if (count > 0 && (records > PARCEL_LIMITS.records || bytes > PARCEL_LIMITS.bytes)) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private async sendParcel(parcel: readonly Parcelled[]): Promise<void> {
    const { publishDeadlineMs } = this.settings;
    const late = new AbortController();
    const deadline = pause(publishDeadlineMs, undefined, { signal: late.signal }).then(() => {
      throw new Error(`nothing was acknowledged within ${publishDeadlineMs} ms`);
    });
    try {
      await Promise.race([this.request(parcel), deadline]);
    } finally {
      late.abort();
      deadline.catch(() => undefined);
    }
  }

  private async request(parcel: readonly Parcelled[]): Promise<void> {
    const producer = (this.producer ??= this.newProducer());
    await producer.connect(); // nothing to do when it is
    const byTopic = Map.groupBy(parcel, ({ topic }) => topic);
    await producer.sendBatch({
      acks: ALL_REPLICAS,
      timeout: this.settings.requestTimeoutMs,
      topicMessages: [...byTopic].map(([topic, records]) => ({ topic, messages: records.map(({ record }) => record) })),
    });
  }

  private newProducer(): Producer {
    return new Kafka(clientConfig(this.settings)).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  /** What it may still be sending can only repeat what is published again. */
  private discard(): void {
    const { producer } = this;
    this.producer = undefined;
    producer?.disconnect().catch((error: unknown) => this.settings.report("Giving up a producer.", error));
  }
}
