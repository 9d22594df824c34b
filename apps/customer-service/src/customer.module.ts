// The composition of the customer service's API. It names no engine: what runs is given to it.
import type { Service } from "@gendan/eventing";
import type { Sealer } from "@gendan/security";
import { Module, type DynamicModule } from "@nestjs/common";
import { CaseAnswerFields, CaseFields, CaseRoots } from "./api/case.resolver.js";
import {
  ContactFields,
  CustomerFields,
  CustomerMutations,
  CustomerQueries,
  CustomFieldFields,
  LocalNameFields,
} from "./api/customer.resolver.js";
import { Desk } from "./api/desk.js";
import { ErasureMutations } from "./api/erasure.resolver.js";
import { CustomerExports } from "./api/export.resolver.js";
import { InteractionFields, InteractionRoots, SatisfactionFields } from "./api/interaction.resolver.js";
import { IssueActionFields, IssueFields } from "./api/issue-fields.resolver.js";
import { IssueRoots } from "./api/issue.resolver.js";
import { OrderFields, ShipmentFields } from "./api/order.resolver.js";
import { commonResolvers } from "./api/payload.resolver.js";
import {
  caseAggregate,
  contactAggregate,
  customerAggregate,
  fieldsAggregate,
  interactionAggregate,
  issueAggregate,
  orderAggregate,
  satisfactionAggregate,
} from "./service.js";
import type { Writers } from "./write/writers.js";

const resolvers = [
  CustomerMutations,
  ErasureMutations,
  CustomerExports,
  CustomerQueries,
  CustomerFields,
  CustomFieldFields,
  LocalNameFields,
  ContactFields,
  InteractionRoots,
  InteractionFields,
  SatisfactionFields,
  CaseRoots,
  CaseFields,
  CaseAnswerFields,
  IssueRoots,
  IssueFields,
  IssueActionFields,
  OrderFields,
  ShipmentFields,
  ...commonResolvers,
];

const writersOf = (service: Service): Writers => ({
  customers: service.commands(customerAggregate),
  contacts: service.commands(contactAggregate),
  interactions: service.commands(interactionAggregate),
  satisfaction: service.commands(satisfactionAggregate),
  cases: service.commands(caseAggregate),
  issues: service.commands(issueAggregate),
  orders: service.commands(orderAggregate),
  fields: service.commands(fieldsAggregate),
  number: (prefix, year) => service.number(prefix, year),
});

@Module({})
export class CustomerModule {
  /** The resolvers over a running service. Beside it the application imports the service kit's subgraph module. */
  static with({ service, sealer }: { readonly service: Service; readonly sealer: Sealer }): DynamicModule {
    const desk = { provide: Desk, useValue: new Desk(writersOf(service), service, sealer) };
    return { module: CustomerModule, providers: [desk, ...resolvers] };
  }
}
