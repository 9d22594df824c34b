// Rates: a bucket for each caller that fills steadily up to a brim, and is emptied by a token a request.
import { Lru } from "@gendan/eventing";

export interface BucketRate {
  /** Tokens that flow in, in the long run as many requests. */
  readonly perSecond: number;
  /** What a bucket holds, as seconds of its rate. */
  readonly savedSeconds: number;
  /** Buckets remembered; one that was forgotten is full again. */
  readonly remembered: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was so, in milliseconds. */
  at: number;
}

export class TokenBuckets {
  private readonly buckets: Lru<Bucket>;

  /** `now`: a clock that only goes forward, in milliseconds. */
  constructor(
    private readonly rate: BucketRate,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.buckets = new Lru(rate.remembered);
  }

  /** Takes a token: 0, or in how many seconds there is one again. */
  take(key: string): number {
    const { perSecond, savedSeconds } = this.rate;
    const brim = Math.max(1, perSecond * savedSeconds);
    const now = this.now();
    let bucket = this.buckets.get(key);
    if (bucket === undefined) {
      bucket = { tokens: brim, at: now };
      this.buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(brim, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond;
    bucket.tokens -= 1;
    return 0;
  }
}
