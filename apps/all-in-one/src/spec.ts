// What the specs of a whole company share: its clients, and an order.
import { expect } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { signToken, type Identity } from "@gendan/security";
import { createLog } from "@gendan/service-kit";
import { openCompany, type Company, type CompanyOptions } from "./company.js";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many shapes
export type Data = Record<string, any>;

/** A mutation that takes an input and is answered as `told`. */
export function mutationText(mutation: string, selected: string): string {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  return `mutation ${name}($input: ${name}Input!) { told: ${mutation}(input: $input) { ${selected} userErrors { code message } } }`;
}

/** A company in memory that logs nothing. */
export const companyInMemory = (more: Partial<CompanyOptions> = {}): Promise<Company> =>
  openCompany({ where: "memory", log: createLog({ level: "silent", service: "spec" }), ...more });

/** The header by which somebody asks a company. */
export const bearerOf = async ({ secret }: Company, who: Identity): Promise<string> =>
  `Bearer ${await signToken(secret, { ...who, expiresIn: "1h" })}`;

/** Asks a company without a network, as anybody; nothing of the answer may have failed. */
export async function askAs(company: Company, who: Identity, query: string, variables: object = {}): Promise<Data> {
  const authorization = await bearerOf(company, who);
  const answer = (await company.request(authorization, { query, variables })) as { data: Data; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

type Headers = Readonly<Record<string, string>>;

/** Asks a company over HTTP, as managers of any name. */
export class Client {
  constructor(
    private readonly company: Company,
    private readonly url: string,
  ) {}

  /** The answer, whatever it says. */
  async post(user: string, query: string, variables: object, headers: Headers = {}) {
    const authorization = await bearerOf(this.company, { user, roles: ["manager"] });
    const answer = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    return { data, errors, headers: answer.headers };
  }

  async ask(user: string, query: string, variables: object, headers: Headers = {}) {
    const { errors, ...answer } = await this.post(user, query, variables, headers);
    expect(errors).toBeUndefined();
    return answer;
  }

  /** Sends a mutation that is accepted, and waits until nothing is left to do because of it. */
  async send(user: string, mutation: string, selected: string, input: object, headers?: Headers) {
    const query = mutationText(mutation, selected);
    const answer = await this.ask(user, query, { input: { commandId: newId(), ...input } }, headers);
    expect(answer.data["told"].userErrors).toEqual([]);
    await this.company.settled();
    return { told: answer.data["told"] as Data, headers: answer.headers };
  }

  /** A verified order of two pieces, and its customer. */
  async order(more: { readonly customer?: object; readonly order?: object } = {}): Promise<string> {
    const { told: customer } = await this.send("li", "registerCustomer", "customer { id }", {
      kind: "ORGANISATION",
      name: "Blauberg",
      department: "cn",
      ...more.customer,
    });
    const { told } = await this.send("li", "receiveOrder", "order { id }", {
      channel: "MAIL",
      sourceReference: newId(),
      customerId: customer["customer"].id,
      currency: "EUR",
      zone: "Europe/Berlin",
      department: "cn",
      deliveryPoint: { name: "Lager", country: "DE" },
      lines: [{ sku: "A", quantity: "2", unitPrice: { minor: "100", currency: "EUR" }, requestedOn: "2027-03-01" }],
      ...more.order,
    });
    const orderId = told["order"].id as string;
    await this.send("wang", "verifyOrder", "order { id }", { orderId });
    return orderId;
  }

  confirm(orderId: string, headers?: Headers) {
    return this.send("li", "confirmOrder", "order { lifecycle }", { orderId, promiseRequested: true }, headers);
  }

  /** Plans a shipment of the whole order, which its order answers by an allocation. */
  plan(orderId: string, headers?: Headers) {
    const lines = [{ lineId: "1", scheduleId: "1", quantity: "2" }];
    const input = { orders: [{ orderId, lines }], mode: "ROAD", plannedShipOn: "2027-03-01" };
    return this.send("li", "planShipment", "shipment { id }", input, headers);
  }
}
