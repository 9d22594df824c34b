// How the gateway reaches a service: in this process, or over HTTP (http-subgraph.ts). Both answer the same.
import type { Answer, Answers, GraphqlRequest } from "@gendan/service-kit";
import { getOperationAST, OperationTypeNode } from "graphql";
import type { Deadline } from "./deadline.js";

/** What a service is asked for, as a part of a client's request. */
export interface SubgraphRequest extends GraphqlRequest {
  /** The end of the client's request: nobody waits for the answer after it. */
  readonly deadline: Deadline;
}

/** A service as the gateway sees it; a Subgraph of the same process is one. */
export interface SubgraphExecutor {
  execute(request: SubgraphRequest): Answer | Promise<Answer>;
  /** Begins a subscription: its answers, or why there are none. A stream that breaks off rejects, or ends with CLOSED. */
  subscribe?(request: GraphqlRequest): Promise<Answers | Answer>;
  /** Asks the service's processes whether they are ready, within a second; absent when it is in this process. */
  instances?(): Promise<readonly InstanceHealth[]>;
  /** How the service's processes stand, as requests have shown; absent when it is in this process. */
  standings?(): readonly InstanceStanding[];
  close?(): Promise<void>;
}

/** It answers; it is tried again; it is left alone for a short while. */
export type InstanceStanding = "well" | "due" | "aside";

/** One process of a service. */
export interface InstanceHealth {
  /** http://127.0.0.1:4101 */
  readonly instance: string;
  /** Why it is away or not ready; absent when it is ready. */
  readonly fault?: string;
}

/** What is said of a service that does not answer: its fields are null. */
export const unavailable = (service: string, request: GraphqlRequest): Answer =>
  failed(
    "SERVICE_UNAVAILABLE",
    service,
    isMutation(request)
      ? `The service ${service} does not answer now; send the mutation again under the same commandId.`
      : `The service ${service} does not answer now; the rest of the answer stands.`,
  );

/** What is said of a service that was waited for in vain. */
export const timedOut = (service: string, waitedMs: number, request: GraphqlRequest): Answer => {
  const waited = `The service ${service} did not answer within ${Math.round(waitedMs)} ms`;
  return failed(
    "SERVICE_TIMEOUT",
    service,
    isMutation(request)
      ? `${waited} and may have done it: send the mutation again under the same commandId.`
      : `${waited}; the rest of the answer stands. Ask again, or for less.`,
  );
};

/** What is said of a service that was not asked, because what came before it took all of the request's time. */
export const notAsked = (service: string, request: GraphqlRequest): Answer =>
  failed(
    "SERVICE_TIMEOUT",
    service,
    isMutation(request)
      ? `No time was left to ask the service ${service}: send the mutation again, alone, under the same commandId.`
      : `No time was left to ask the service ${service}; the rest of the answer stands. Ask again, or for less.`,
  );

/** What is said of a service that is asked for as much as it may be already. */
export const overloaded = (service: string, pending: number): Answer =>
  failed(
    "OVERLOADED",
    service,
    `The service ${service} has ${pending} requests to answer already; send this one again in a second.`,
  );

const failed = (code: string, service: string, message: string): Answer => ({
  errors: [{ message, extensions: { code, service } }],
});

const isMutation = ({ document, operationName }: GraphqlRequest): boolean =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
