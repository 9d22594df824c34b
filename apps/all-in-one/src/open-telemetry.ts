// What a process tells of itself, as its variables say.
import { Telemetry, type BaseConfig, type Log } from "@gendan/service-kit";

export const openTelemetry = (config: BaseConfig | undefined, log: Log): Promise<Telemetry> =>
  Telemetry.open({ ...config, report: (what, err) => log.warn({ what, err }, "trying again") });
