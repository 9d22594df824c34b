// How the gateway reaches a service: in this process, or over HTTP (http-subgraph.ts). Both answer the same.
import type { Answer, GraphqlRequest } from "@gendan/service-kit";

/** A service as the gateway sees it; a Subgraph of the same process is one. */
export interface SubgraphExecutor {
  execute(request: GraphqlRequest): Answer | Promise<Answer>;
  close?(): Promise<void>;
}

/** What is said of a service that does not answer: its fields are null. */
export const unavailable = (service: string): Answer => ({
  errors: [
    {
      message: `The service ${service} does not answer now; the rest of the answer stands.`,
      extensions: { code: "SERVICE_UNAVAILABLE", service },
    },
  ],
});
