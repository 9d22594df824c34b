// RegisterCustomer, from its input to its command: what is personal is sealed under the customer's own key.
import { uuidFrom, type Envelope } from "@gendan/eventing";
import { registerCustomer, type Unnumbered } from "../write/create.js";
import type { RegisterCustomer } from "../domain/customer/register-customer.js";
import type { Result } from "./carry-out.js";
import { sealFields } from "./custom-fields.js";
import type { RegisterCustomerInput } from "./customer.inputs.js";
import type { Desk } from "./desk.js";

/** The id is the client's, else that of the first number in another system: the same customer is the same id. */
export function customerIdOf({ id, externalReferences: [first] = [] }: RegisterCustomerInput): string | undefined {
  return id ?? (first && uuidFrom("customer", first.system, first.number));
}

/** Registers the customer, and remembers the keyed hashes of a person's names once the names are theirs. */
export async function register(
  desk: Desk,
  id: string,
  given: RegisterCustomerInput & { readonly owner: string },
  envelope: Envelope,
): Promise<Result> {
  const command = await commandOf(desk, id, given);
  const said = { ...command, department: given.department };
  const outcome = await registerCustomer(desk.writers, command, desk.creation(id, envelope, said));
  if (outcome.status !== "refused" && given.kind === "person") {
    await desk.tagNames(id, [given.name, ...(given.localNames ?? []).map(({ name }) => name)]);
  }
  return outcome;
}

async function commandOf(
  desk: Desk,
  id: string,
  given: RegisterCustomerInput & { readonly owner: string },
): Promise<Unnumbered<RegisterCustomer>> {
  const { name, localNames = [], country, region, postcodePrefix, language, terms, assignee } = given;
  const { externalReferences = [], customFields = [], address, phone, mail, owner: department } = given;
  const known = customFields.length > 0 ? (await desk.writers.customers.load(id))?.state.registered : undefined;
  const fields = await sealFields(desk, id, customFields, known?.customFields);
  const named = fields.length > 0 ? { customFields: fields } : {};
  const profile = { country, region, postcodePrefix, language, terms, externalReferences, ...named };
  const plain = { ...profile, department, assignee };
  const type = "RegisterCustomer";
  if (given.kind === "organisation") {
    const reach = await desk.seal(id, { address, phone, mail });
    return { type, kind: "organisation", name: name ?? "", localNames, ...plain, ...reach };
  }
  const personal = await desk.seal(id, { name, address, phone, mail });
  const inLanguages: Readonly<Record<string, string>> = Object.fromEntries(
    localNames.map((each) => [localNameField(each.language), each.name]),
  );
  const local = await desk.seal(id, inLanguages);
  const sealedNames = localNames.map(({ language }) => ({ language, name: local[localNameField(language)]! }));
  return { type, kind: "person", localNames: sealedNames, ...plain, ...personal };
}

/** What a name in a language's own writing is sealed as. */
export const localNameField = (language: string): string => `name.${language}`;
