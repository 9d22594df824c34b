// How the gateway reaches a service: in this process, or over HTTP (http-subgraph.ts). Both answer the same.
import { texts, type Answer, type Answers, type GraphqlRequest, type Text } from "@gendan/service-kit";
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
  failed("SERVICE_UNAVAILABLE", service, texts.unavailable(service, isMutation(request)), request);

/** What is said of a service that was waited for in vain. */
export const timedOut = (service: string, waitedMs: number, request: GraphqlRequest): Answer =>
  failed("SERVICE_TIMEOUT", service, texts.timedOut(service, Math.round(waitedMs), isMutation(request)), request);

/** What is said of a service that was not asked, because what came before it took all of the request's time. */
export const notAsked = (service: string, request: GraphqlRequest): Answer =>
  failed("SERVICE_TIMEOUT", service, texts.notAsked(service, isMutation(request)), request);

/** What is said of a service that is asked for as much as it may be already. */
export const overloaded = (service: string, pending: number, request: GraphqlRequest): Answer =>
  failed("OVERLOADED", service, texts.serviceOverloaded(service, pending), request);

const failed = (code: string, service: string, text: Text, { context }: GraphqlRequest): Answer => ({
  errors: [{ message: text[context.language], extensions: { code, service } }],
});

const isMutation = ({ document, operationName }: GraphqlRequest): boolean =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
