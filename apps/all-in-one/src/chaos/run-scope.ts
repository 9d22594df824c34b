// The scope proof, long: a company in memory, as many generated questions and commands as one has time for.
import { createLog } from "@gendan/service-kit";
import { openCompany } from "../company.js";
import { generous } from "../scope/generous.js";
import { proveScope, type ScopeOptions, type ScopeReport } from "../scope/prove.js";

export async function runScope(options: ScopeOptions): Promise<ScopeReport> {
  const log = createLog({ level: "silent", service: "scope" });
  const company = await openCompany({ where: "memory", log, config: generous });
  try {
    return await proveScope(company, options);
  } finally {
    await company.stop();
  }
}
