// The gateway's bounds where nothing else is said. Apart, so that whoever reads its settings does not load it.

export const gatewayDefaults = {
  /** The longest that a client's request takes, over all services, in milliseconds. */
  requestTimeoutMs: 30_000,
  /** The longest that one service is waited for, in milliseconds: longer than it waits for something itself (to be settled: 10 s). */
  serviceTimeoutMs: 15_000,
  /** Requests in execution at once. */
  maxInFlight: 256,
  /** Requests that one service has not answered yet. */
  maxPending: 128,
} as const;
