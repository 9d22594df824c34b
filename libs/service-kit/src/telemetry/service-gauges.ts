// How a service's background work stands, as gauges.
import type { Service } from "@gendan/eventing";
import type { Gauges } from "./exposition.js";

/** Read from the running service whenever somebody asks for the metrics. */
export async function serviceGauges(of: Pick<Service, "name" | "standing">): Promise<Gauges> {
  const { name: service } = of;
  const { ready, relay, reactions, projections } = await of.standing();
  const parked = [
    ...(reactions ? [{ part: "reactions", parked: reactions.parked }] : []),
    ...projections.map(({ name, parked }) => ({ part: `projection ${name}`, parked })),
  ];
  return {
    gendan_service_ready: [{ labels: { service }, value: ready ? 1 : 0 }],
    ...(relay ? { gendan_relay_lag_seconds: [{ labels: { service }, value: relay.seconds }] } : {}),
    ...(relay?.events === undefined ? {} : { gendan_relay_lag_events: [{ labels: { service }, value: relay.events }] }),
    ...(reactions ? { gendan_reactions_lag_seconds: [{ labels: { service }, value: reactions.seconds }] } : {}),
    gendan_projection_lag_seconds: projections.map(({ name, seconds }) => ({
      labels: { service, projection: name },
      value: seconds,
    })),
    gendan_parked_aggregates: parked.map(({ part, parked }) => ({ labels: { service, part }, value: parked })),
  };
}
