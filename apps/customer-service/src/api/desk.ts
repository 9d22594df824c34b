// What the resolvers work with: the commands, the documents of each kind, and the seals.
import { Fault, instant, isSealed, type Envelope, type Sealed, type Service } from "@gendan/eventing";
import { nameTag, type SealedField, type Sealer, seesFields } from "@gendan/security";
import DataLoader from "dataloader";
import type { CaseDoc } from "../read/cases.js";
import type { ContactDoc, CustomerDoc } from "../read/customers.js";
import type { InteractionDoc, SatisfactionDoc } from "../read/interactions.js";
import { issueFor, type IssueDoc } from "../read/issues.js";
import type { CustomFieldRules } from "../domain/fields/fields.events.js";
import type { Creation } from "../write/create.js";
import { fieldRulesNow } from "../write/field-rules.js";
import type { Writers } from "../write/writers.js";
import type { Context } from "./carry-out.js";
import { caseNode, contactNode, customerNode, interactionNode, issueNode, satisfactionNode } from "./nodes.js";
import { Shelf } from "./shelf.js";

export class Desk {
  readonly customers;
  readonly contacts;
  readonly interactions;
  readonly satisfaction;
  readonly cases;
  readonly issues;

  constructor(
    readonly writers: Writers,
    readonly service: Service,
    readonly sealer: Sealer,
  ) {
    const [customers, cases] = [service.documents("customers"), service.documents("cases")];
    const [issues, interactions] = [service.documents("issues"), service.documents("interactions")];
    this.customers = new Shelf(customers, "customers", (doc: CustomerDoc) => doc.registeredAt, customerNode);
    this.contacts = new Shelf(customers, "contacts", (doc: ContactDoc) => doc.registeredAt, contactNode);
    this.interactions = new Shelf(interactions, "interactions", (doc: InteractionDoc) => doc.loggedAt, interactionNode);
    this.satisfaction = new Shelf(
      interactions,
      "satisfaction",
      (doc: SatisfactionDoc) => doc.recordedAt,
      satisfactionNode,
    );
    this.cases = new Shelf(cases, "cases", (doc: CaseDoc) => doc.openedAt, caseNode);
    this.issues = new Shelf(
      issues,
      "issues",
      (doc: IssueDoc) => doc.openedAt,
      (row, tokens) => issueNode({ ...row, doc: issueFor(tokens, row.doc) }),
    );
  }

  now(): string {
    return instant(this.service.engines.clock);
  }

  /** Creates under this id and the number of the year in which it happened; `said` is what the client says, its texts sealed. */
  creation(id: string, envelope: Envelope, said: object): Creation {
    const year = Number((envelope.occurredAt ?? this.now()).slice(0, 4));
    return { id, year, envelope: { ...envelope, body: said } };
  }

  /** Seals what is there; a person of whom nothing personal is said gets no key. */
  async seal<Values extends Readonly<Record<string, string | undefined>>>(
    subject: string,
    values: Values,
  ): Promise<{ readonly [Field in keyof Values]: Sealed | Extract<Values[Field], undefined> }> {
    if (Object.values(values).every((value) => value === undefined)) return values as never;
    return this.sealer.sealAll(subject, values);
  }

  /** A personal value for whom the policy lets open it, null for others and where its person was erased; plain ones as they are. */
  open(field: string, value: Sealed | string | undefined, context: Context): Promise<string | null> | string | null {
    if (value === undefined) return null;
    if (typeof value === "string" || !isSealed(value)) return value;
    return context.loader(this.opened).load({ field, sealed: value });
  }

  private readonly opened = (context: Context): DataLoader<SealedField, string | null> =>
    new DataLoader(
      (values) =>
        seesFields(context.caller, "personal")
          ? this.sealer.open(values, context)
          : Promise.resolve(values.map(() => null)),
      { cache: false },
    );

  /** What is defined of custom fields, looked up once for a request. */
  fieldRules(context: Context): Promise<CustomFieldRules> {
    return context.loader(this.rulesOfRequest).load(0);
  }

  private readonly rulesOfRequest = (): DataLoader<number, CustomFieldRules> =>
    new DataLoader(async (asked) => {
      const rules = await fieldRulesNow(this.writers);
      return asked.map(() => rules);
    });

  /** Remembers the keyed hashes of a person's names, deleted with their key. */
  async tagNames(subject: string, names: readonly (string | undefined)[]): Promise<void> {
    for (const name of names) {
      if (name !== undefined) await this.service.engines.keys.tag(subject, await this.tagOf(name));
    }
  }

  /** The persons of exactly this name. */
  async subjectsNamed(name: string, limit: number): Promise<readonly string[]> {
    return this.service.engines.keys.tagged(await this.tagOf(name), limit);
  }

  private async tagOf(name: string): Promise<string> {
    return nameTag(await this.service.engines.keys.secret("names"), "name", name);
  }
}

/** A revision as clients give it back. Throws BAD_USER_INPUT. */
export function revisionOf(text: string | null | undefined): number | undefined {
  if (text == null) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Fault("BAD_USER_INPUT", `atLeastRevision is a revision as a payload gives it, not "${text}".`, {
    field: "atLeastRevision",
  });
}
