// The sample company, sent to a cluster over HTTP as to a company in one process.
import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "@gendan/eventing";
import { signToken } from "@gendan/security";
import { Agent, request } from "undici";
import { FIRST_CUSTOMER } from "../sample/customers.js";
import { makeSample } from "../sample/make-sample.js";
import { LAST_INTERACTION, UNFINISHED } from "../sample/marks.js";
import type { SampleTarget } from "../sample/sender.js";

/** Between two questions whether anything is left to do, in milliseconds. */
const SETTLED_PAUSE_MS = 50;

export interface Sampled {
  readonly orders: number;
  readonly seconds: number;
}

/** Fills an empty company; undefined where there is something already. Throws STORE_DAMAGED where a sample was interrupted. */
export async function fillCluster(url: string, secret: Uint8Array, signal: AbortSignal): Promise<Sampled | undefined> {
  const agent = new Agent({ connections: 64 });
  try {
    const target = await targetAt(url, secret, agent);
    const manager = `Bearer ${await signToken(secret, { user: "gendan", roles: ["admin", "manager"], expiresIn: "1h" })}`;
    const query = `query ($first: ID!, $last: ID!) {
      customers(first: 1) { totalCount } orders(first: 1) { totalCount } customer(id: $first) { id } interaction(id: $last) { id }
    }`;
    const variables = { first: FIRST_CUSTOMER, last: LAST_INTERACTION };
    const { data, errors } = (await target.request(manager, { query, variables })) as {
      readonly data?: Record<"customers" | "orders", { readonly totalCount: number }> &
        Record<"customer" | "interaction", object | null>;
      readonly errors?: readonly { readonly message: string }[];
    };
    if (!data || errors) throw new Fault("CLOSED", `The cluster does not answer: ${JSON.stringify(errors)}`);
    if (data.customer && !data.interaction) throw new Fault("STORE_DAMAGED", UNFINISHED);
    if (data.customers.totalCount + data.orders.totalCount > 0) return undefined;
    return await makeSample(target, { now: new Date(), signal });
  } finally {
    await agent.close();
  }
}

async function targetAt(url: string, secret: Uint8Array, dispatcher: Agent): Promise<SampleTarget> {
  const admin = `Bearer ${await signToken(secret, { user: "gendan", roles: ["admin"], expiresIn: "1h" })}`;
  const post = async (path: string, authorization: string, body: object): Promise<string> => {
    const headers = { authorization, "content-type": "application/json" };
    const answer = await request(url + path, { method: "POST", headers, body: JSON.stringify(body), dispatcher });
    return answer.body.text();
  };
  const moves = async (): Promise<number | undefined> => {
    const lines = (await post("/admin/settled", admin, {})).trim().split("\n");
    const { result, error } = JSON.parse(lines.at(-1)!) as {
      readonly result?: { readonly caughtUp: boolean; readonly moves: number };
      readonly error?: { readonly message: string };
    };
    if (!result) throw new Fault("CLOSED", error?.message ?? "No answer.");
    return result.caughtUp ? result.moves : undefined;
  };
  return {
    secret,
    request: async (authorization, body) => JSON.parse(await post("/graphql", authorization, body)) as unknown,
    async settled() {
      for (let before: number | undefined; ; await pause(SETTLED_PAUSE_MS)) {
        const now = await moves();
        if (now !== undefined && now === before) return;
        before = now;
      }
    },
  };
}
