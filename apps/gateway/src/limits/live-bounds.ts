// How many may follow at once, over all and each: what is counted is given back when it ends.
import { refused, texts, type Bearer, type GatewayConfig, type Text } from "@gendan/service-kit";

export type LiveLimits = Pick<
  GatewayConfig,
  "liveConnections" | "liveConnectionsPerSubject" | "subscriptionsPerConnection" | "subscriptionsPerSubject"
>;

/** Gives back what was counted; twice is once. */
export type Leave = () => void;

export class LiveBounds {
  private readonly connections = new Counts();
  private readonly connectionsOf = new Counts();
  private readonly subscriptionsOf = new Counts();

  constructor(private readonly limits: LiveLimits) {}

  /** What is counted now: nothing, when nobody follows anything. */
  get counted() {
    return {
      connections: this.connections.sum,
      subjects: this.connectionsOf.size,
      subscriptions: this.subscriptionsOf.sum,
    };
  }

  /** A connection, before it is known whose it is. Throws a RequestRefused, as all of these. */
  connect(): Leave {
    return this.connections.take("", this.limits.liveConnections, (taken) =>
      refused(503, "OVERLOADED", texts.tooManyFollow(taken), {
        headers: { "retry-after": "1" },
      }),
    );
  }

  /** The connection is this caller's. */
  identify({ user }: Bearer): Leave {
    return this.connectionsOf.take(user, this.limits.liveConnectionsPerSubject, (taken) =>
      tooMany(texts.tooManyConnections(user, taken)),
    );
  }

  /** `ofConnection`: how many the connection has already. */
  subscribe({ user }: Bearer, ofConnection: number): Leave {
    if (ofConnection >= this.limits.subscriptionsPerConnection) {
      throw tooMany(texts.tooManyOfConnection(ofConnection));
    }
    return this.subscriptionsOf.take(user, this.limits.subscriptionsPerSubject, (taken) =>
      tooMany(texts.tooManySubscriptions(user, taken)),
    );
  }

  /** An event stream: a connection with one subscription. */
  stream(caller: Bearer): Leave {
    const taken: Leave[] = [];
    const leave: Leave = () => taken.splice(0).forEach((each) => each());
    try {
      taken.push(this.connect());
      taken.push(this.identify(caller));
      taken.push(this.subscribe(caller, 0));
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }
}

const tooMany = (text: Text) => refused(429, "TOO_MANY_SUBSCRIPTIONS", text);

class Counts {
  private readonly counts = new Map<string, number>();
  sum = 0;

  get size(): number {
    return this.counts.size;
  }

  take(key: string, most: number, refusal: (taken: number) => Error): Leave {
    const taken = this.counts.get(key) ?? 0;
    if (taken >= most) throw refusal(taken);
    this.counts.set(key, taken + 1);
    this.sum += 1;
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      this.sum -= 1;
      const left = this.counts.get(key)! - 1;
      if (left > 0) this.counts.set(key, left);
      else this.counts.delete(key);
    };
  }
}
