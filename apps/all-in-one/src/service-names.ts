// The services by name. Apart, so that whoever needs the names alone loads none of them.

/** In the order in which they are started: who is asked for facts by others comes first. */
export const serviceNames = ["order", "logistics", "customer", "analytics"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The services that write events, and so are alone on an event store that takes one writer. */
export const writes = (service: string): boolean => service !== "analytics";
