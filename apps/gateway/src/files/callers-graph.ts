// The graph as one caller sees it, for what the gateway makes files of: every question goes the way of /graphql, with its bounds.
import {
  refused,
  RequestRefused,
  statusOf,
  type Admission,
  type Answer,
  type Bearer,
  type GendanContext,
  type GraphqlDocuments,
  type GraphqlRequest,
  type Report,
  type Variables,
  type Verifier,
} from "@gendan/service-kit";
import type { GraphQLSchema } from "graphql";
import { fileTexts } from "./file-texts.js";

/** What the routes of files are made of: the parts of the gateway. */
export interface GraphDoor {
  readonly verifier: Verifier;
  readonly report: Report;
  readonly admission: Admission;
  readonly documents: GraphqlDocuments;
  readonly schema: GraphQLSchema;
  /** Checks and executes an operation. */
  readonly execute: (request: GraphqlRequest) => Answer | Promise<Answer>;
}

export class CallersGraph {
  constructor(
    private readonly door: GraphDoor,
    readonly context: GendanContext,
  ) {}

  get caller(): Bearer {
    return this.context.caller;
  }

  /** The whole data. Throws a RequestRefused with every error where a part of it is missing. */
  async ask<Data>(text: string, variables: Variables = {}): Promise<Data> {
    const { data, errors = [] } = await this.answer(text, variables);
    if (errors.length > 0) {
      throw new RequestRefused(statusOf(errors[0]?.extensions?.["code"]) ?? 400, errors);
    }
    if (data == null) throw refused(500, "INTERNAL", fileTexts.listEmpty());
    return data as Data;
  }

  /** The answer, whatever it says; under the same admission as a request of its own. */
  async answer(text: string, variables: Variables = {}): Promise<Answer> {
    const { admission, documents, execute } = this.door;
    const read = documents.read(text);
    if ("errors" in read) return read;
    const leave = admission.enter(this.caller);
    try {
      return await execute({ document: read.document, variables, operationName: undefined, context: this.context });
    } finally {
      leave();
    }
  }
}
