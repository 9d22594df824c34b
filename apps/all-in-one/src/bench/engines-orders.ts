// Orders over GraphQL for the benchmarks of processes: a bounded number of clients, each with orders of its own.
import { newId } from "@gendan/eventing";
import { rawClient } from "./raw-client.js";

export const CLIENTS = 16;

const payload = "revision settleToken userErrors { code message }";
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${payload} } }`;

/** What is asked of an order, by its name here. */
const requests = {
  receive: mutation("receiveOrder", "ReceiveOrderInput"),
  verify: mutation("verifyOrder", "VerifyOrderInput"),
  confirm: mutation("confirmOrder", "ConfirmOrderInput"),
  placeHold: mutation("placeHold", "PlaceHoldInput"),
  releaseHold: mutation("releaseHold", "ReleaseHoldInput"),
} as const;

export type Request = keyof typeof requests;

const line = {
  sku: "A-1",
  unit: "pcs",
  quantity: "10",
  unitPrice: { minor: "1999", currency: "CNY" },
  requestedOn: "2027-01-31",
};

function inputOf(request: Request, orderId: string): object {
  const commandId = newId();
  switch (request) {
    case "receive":
      return { commandId, id: orderId, channel: "SALES", customerId: newId(), currency: "CNY", lines: [line] };
    case "verify":
      return { commandId, orderId };
    case "confirm":
      return { commandId, orderId, promiseRequested: true };
    case "placeHold":
    case "releaseHold":
      return { commandId, orderId, hold: "QUALITY" };
  }
}

export const bodyOf = (request: Request, orderId: string): string =>
  JSON.stringify({ query: requests[request], variables: { input: inputOf(request, orderId) } });

/** The settleToken of an answer. Throws where it was refused or failed. */
export function tokenOf(answer: string): string {
  const { data, errors } = JSON.parse(answer) as {
    data?: Record<string, { settleToken: string; userErrors: readonly unknown[] }>;
    errors?: unknown;
  };
  const [outcome] = Object.values(data ?? {});
  if (!outcome || outcome.userErrors.length > 0 || errors) throw new Error(answer);
  return outcome.settleToken;
}

/** All clients at once, each through one of the servers; each sends `request` to `times` of its orders in turn. */
export async function load(
  urls: readonly string[],
  authorization: string,
  orders: readonly string[],
  request: Request,
  times = orders.length / CLIENTS,
): Promise<void> {
  const own = orders.length / CLIENTS;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const connection = rawClient(Number(new URL(urls[client % urls.length]!).port), authorization);
      for (let n = 0; n < times; n++)
        tokenOf(await connection.post("/graphql", bodyOf(request, orders[client * own + (n % own)]!)));
      connection.close();
    }),
  );
}
