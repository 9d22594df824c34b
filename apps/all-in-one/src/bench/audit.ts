// What sealing and the audit cost a command, and an opening a page of names: with and without, by turns in one run.
import { newId } from "@gendan/eventing";
import { noAudit, Sealer, signToken, type SealedField, type Told } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { openCompany, type Company } from "../company.js";
import { byTurns, inTurn, timed, type Figure } from "./figures.js";

const SLICES = 30;
const COMMANDS = 40;
const PAGE = 200;
const CLIENTS = 16;
const NOTE = "Ring at the neighbour's and ask for the keys of the warehouse.";

export async function benchAudit(directory: string): Promise<Figure[]> {
  const log = createLog({ level: "error", service: "bench" });
  const company = await openCompany({ where: { directory }, log });
  try {
    const customerIds = Array.from({ length: PAGE }, () => newId());
    const send = await senderOf(company);
    for (const id of customerIds) await send("registerCustomer", { id, kind: "PERSON", name: `Person ${id}` });
    await send("receiveOrder", order(customerIds[0]!));
    await company.settled();
    return [...(await commands(company, send, await onlyOrder(company))), ...(await openings(company, customerIds))];
  } finally {
    await company.stop();
  }
}

async function commands(company: Company, send: Send, orderId: string): Promise<Figure[]> {
  const place = (note: object) => () =>
    inTurn(COMMANDS, async () => {
      await send("placeHold", { orderId, hold: "QUALITY", ...note });
      await send("releaseHold", { orderId, hold: "QUALITY" });
    });
  const sealing = await byTurns(SLICES, place({ note: NOTE }), place({}));
  const refused: Told = {
    kind: "refused",
    user: "boss",
    roles: ["admin"],
    correlation: newId(),
    operation: "releaseHold",
    command: "releaseHold",
    codes: ["NOT_ON_HOLD"],
    about: { orderId },
  };
  const { audit } = company.audits[0]!;
  const telling = await byTurns(
    SLICES,
    () => inTurn(COMMANDS, () => send("releaseHold", { orderId, hold: "QUALITY" }, true)),
    () => inTurn(COMMANDS, () => audit.tell(refused)),
  );
  const together = await timed(() =>
    inTurn(COMMANDS, () => Promise.all(Array.from({ length: CLIENTS }, () => audit.tell(refused)))),
  );
  const sealer = new Sealer(company.keys);
  const alone = await timed(() => inTurn(COMMANDS, () => sealer.seal(orderId, "note", NOTE)));
  return [
    {
      name: "a hold placed (sealed note) and released, of one without a note",
      value: sealing.cost,
      unit: "×",
      atMost: 1.3,
      beside: `${each(sealing.ours)} beside ${each(sealing.theirs)}, two commands each; sealing alone ${each(alone)}`,
    },
    {
      name: "audit of a refused command, of the whole command",
      value: 1 / telling.cost,
      unit: "×",
      atMost: 0.25,
      beside: `${each(telling.theirs)} of ${each(telling.ours)}; ${CLIENTS} at once ${each(together / CLIENTS)} each`,
    },
  ];
}

async function openings(company: Company, customerIds: readonly string[]): Promise<Figure[]> {
  const audited = new Sealer(company.keys, company.audits[0]!.audit);
  const alone = new Sealer(company.keys, noAudit);
  const values: SealedField[] = [];
  for (const id of customerIds) values.push({ field: "name", sealed: await alone.seal(id, "name", `Person ${id}`) });
  const opener = { caller: { user: "boss", roles: ["admin"] }, correlation: newId(), operation: "customers" };
  const opening = await byTurns(
    SLICES,
    () => inTurn(COMMANDS, () => audited.open(values, opener)),
    () => inTurn(COMMANDS, () => alone.open(values, opener)),
  );
  const page = `query { customers(first: ${PAGE}) { nodes { id name } } }`;
  const authorization = await bearerOf(company);
  const pages = await timed(() => inTurn(COMMANDS, () => company.request(authorization, { query: page })));
  return [
    {
      name: `${PAGE} names opened with an audit, of without`,
      value: opening.cost,
      unit: "×",
      atMost: 1.5,
      beside: `${each(opening.ours)} beside ${each(opening.theirs)}; the whole page ${each(pages)}`,
    },
  ];
}

const each = (ms: number): string => `${(ms / COMMANDS).toFixed(3)} ms`;

type Send = (mutation: string, input: object, refused?: boolean) => Promise<void>;

async function senderOf(company: Company): Promise<Send> {
  const authorization = await bearerOf(company);
  return async (mutation, input, refused = false) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { sent: ${mutation}(input: $input) { userErrors { code } } }`;
    const answer = await company.request(authorization, {
      query,
      variables: { input: { commandId: newId(), ...input } },
    });
    const { data } = answer as { readonly data?: { readonly sent: { readonly userErrors: readonly object[] } } };
    if (data?.sent.userErrors.length !== (refused ? 1 : 0)) throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
  };
}

/** A service account: nobody limits how fast it asks. */
const bearerOf = async ({ secret }: Company): Promise<string> =>
  `Bearer ${await signToken(secret, { user: "boss", roles: ["admin", "importer"], expiresIn: "8h" })}`;

async function onlyOrder(company: Company): Promise<string> {
  const answer = await company.request(await bearerOf(company), { query: "{ orders(first: 1) { nodes { id } } }" });
  return (answer as { readonly data: { readonly orders: { readonly nodes: { readonly id: string }[] } } }).data.orders
    .nodes[0]!.id;
}

const order = (customerId: string) => ({
  channel: "SALES",
  customerId,
  currency: "CNY",
  department: "cn/east",
  lines: [{ sku: "A-1", quantity: "10", unitPrice: { minor: "1999", currency: "CNY" }, requestedOn: "2027-01-31" }],
});
