// The server of the chain benchmark, a process of its own: the gateway, the order service's subgraph alone, and a bare route.
import "reflect-metadata";
import { fastify } from "fastify";
import {
  createLog,
  defaultDocumentBounds,
  DEFAULT_BODY_BYTES,
  GraphqlDocuments,
  graphqlRoute,
} from "@gendan/service-kit";
import { actorOf, defaultPolicy, ownIssuer, TokenVerifier } from "@gendan/security";
import { orderAggregate } from "@gendan/order-service/service";
import { openCompany } from "../company.js";

interface BareInput {
  readonly commandId: string;
  readonly orderId: string;
  readonly hold: "quality";
  readonly release: boolean;
}

const [directory] = process.argv.slice(2);
const log = createLog({ level: "error", service: "bench" });
const company = await openCompany({ where: { directory: directory! }, log });
const verifier = new TokenVerifier([ownIssuer(company.secret)], defaultPolicy);
const commands = company.services.get("order")!.commands(orderAggregate);
const subgraph = company.subgraphs["order"]!;

const direct = fastify();
graphqlRoute(direct, "/graphql", {
  verifier,
  report: (error) => log.error({ err: error }),
  documents: new GraphqlDocuments(subgraph.schema, defaultDocumentBounds),
  execute: (request) => subgraph.execute(request),
  bodyBytes: DEFAULT_BODY_BYTES,
});

const bare = fastify();
bare.post("/", async (request) => {
  const caller = await verifier.verify(request.headers.authorization);
  const { commandId, orderId, hold, release } = request.body as BareInput;
  const command = release ? ({ type: "ReleaseHold", hold } as const) : ({ type: "PlaceHold", hold } as const);
  const outcome = await commands.handle(orderId, command, { commandId, actor: actorOf(caller), tokens: caller.tokens });
  return outcome.status === "refused"
    ? { refusals: outcome.refusals }
    : { revision: String(outcome.revision), settleToken: outcome.settleToken };
});

const portOf = (url: string): number => Number(new URL(url).port);
const anywhere = { port: 0, host: "127.0.0.1" };
process.send!({
  gateway: portOf(await company.listen(anywhere)),
  direct: portOf(await direct.listen(anywhere)),
  bare: portOf(await bare.listen(anywhere)),
});
process.once("disconnect", () => void company.stop().then(() => process.exit(0)));
