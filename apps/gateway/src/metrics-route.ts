// GET /metrics of the gateway, whose listener the outside may reach: for operators, and for who scrapes on the same machine.
import { metricsRoute, refused, texts, type RequestRefused, type Telemetry, type Verifier } from "@gendan/service-kit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { InstanceStanding, SubgraphExecutor } from "./subgraph-executor.js";

/** Who reads what the company does anyway. */
const ROLES: readonly string[] = ["admin", "auditor"];
/** What a proxy adds: a request with one of them came from elsewhere, whatever its connection says. */
const FORWARDED = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/** Without a token only over the loopback interface and through no proxy. */
export function gatewayMetrics(server: FastifyInstance, telemetry: Telemetry, verifier: Verifier): void {
  metricsRoute(server, telemetry, async (request) => (isLocal(request) ? undefined : refusalOf(request, verifier)));
}

const isLocal = ({ headers, socket: { remoteAddress = "" } }: FastifyRequest): boolean =>
  headers.authorization === undefined &&
  FORWARDED.every((name) => headers[name] === undefined) &&
  /^(::ffff:)?127\.|^::1$/.test(remoteAddress);

async function refusalOf({ headers }: FastifyRequest, verifier: Verifier): Promise<RequestRefused | undefined> {
  try {
    const { roles = [] } = await verifier.verify(headers.authorization);
    if (roles.some((role) => ROLES.includes(role))) return undefined;
    return refused(403, "FORBIDDEN", texts.metricsRoles());
  } catch {
    return refused(401, "UNAUTHENTICATED", texts.metricsToken(), {
      headers: { "www-authenticate": 'Bearer realm="gendan"' },
    });
  }
}

const standings: readonly InstanceStanding[] = ["well", "due", "aside"];

/** How many processes of each service stand how, of those that are asked over HTTP. */
export const standingsOf = (executors: Readonly<Record<string, SubgraphExecutor>>) =>
  Object.entries(executors).flatMap(([subgraph, executor]) => {
    const found = executor.standings?.();
    const count = (standing: InstanceStanding): number => found!.filter((each) => each === standing).length;
    return found ? standings.map((standing) => ({ labels: { subgraph, standing }, value: count(standing) })) : [];
  });
