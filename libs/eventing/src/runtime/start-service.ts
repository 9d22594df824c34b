// How a service begins.
import { unobserved, type Observer } from "../ports/observer.js";
import { keysWithDryRuns } from "../write/dry-run.js";
import { RunningService } from "./running-service.js";
import type { CreatedService, Engines, Service, ServiceDefinition } from "./service.js";

export interface StartOptions {
  /** Told of faults that are being recovered from. */
  readonly report?: (what: string, error: unknown) => void;
  readonly observer?: Observer;
}

/** Puts a service together on its engines, which are closed by who opened them. */
export const createService = (
  definition: ServiceDefinition,
  engines: Engines,
  { report = (): void => undefined, observer = unobserved }: StartOptions = {},
): CreatedService =>
  new RunningService(definition, { ...engines, keys: keysWithDryRuns(engines.keys) }, report, observer);

/** Starts a service on its engines; resolved when commands and queries can be taken. */
export async function startService(
  definition: ServiceDefinition,
  engines: Engines,
  options: StartOptions = {},
): Promise<Service> {
  const service = createService(definition, engines, options);
  await service.start();
  return service;
}
