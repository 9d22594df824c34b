// What the customer service is made of: its aggregates, projections and reactions. It names no engine.
import { readPublic } from "@gendan/contracts";
import type { Aggregate, ServiceDefinition } from "@gendan/eventing";
import { caseDecider, type CaseCommand } from "./domain/case/case.decider.js";
import type { CaseEvent } from "./domain/case/case.events.js";
import type { CaseRefusal } from "./domain/case/case.refusals.js";
import type { CaseState } from "./domain/case/case.state.js";
import {
  contactDecider,
  type ContactCommand,
  type ContactRefusal,
  type ContactState,
} from "./domain/contact/contact.decider.js";
import type { ContactEvent } from "./domain/contact/contact.events.js";
import { customerDecider, type CustomerCommand } from "./domain/customer/customer.decider.js";
import type { CustomerEvent } from "./domain/customer/customer.events.js";
import type { CustomerRefusal } from "./domain/customer/customer.refusals.js";
import type { CustomerState } from "./domain/customer/customer.state.js";
import { fieldsDecider, type NoteCustomFields } from "./domain/fields/fields.decider.js";
import type { CustomFieldRules, FieldsEvent } from "./domain/fields/fields.events.js";
import {
  interactionDecider,
  type InteractionCommand,
  type InteractionRefusal,
  type InteractionState,
} from "./domain/interaction/interaction.decider.js";
import type { InteractionEvent } from "./domain/interaction/interaction.events.js";
import { issueDecider, type IssueCommand } from "./domain/issue/issue.decider.js";
import type { IssueEvent } from "./domain/issue/issue.events.js";
import type { IssueRefusal } from "./domain/issue/issue.refusals.js";
import { visibleToOf, type IssueState } from "./domain/issue/issue.state.js";
import { orderDecider, type OrderCommand, type OrderState } from "./domain/order/order.decider.js";
import type { OrderEvent } from "./domain/order/order.events.js";
import {
  satisfactionDecider,
  type SatisfactionCommand,
  type SatisfactionRefusal,
  type SatisfactionState,
} from "./domain/satisfaction/satisfaction.decider.js";
import type { SatisfactionEvent } from "./domain/satisfaction/satisfaction.events.js";
import { slotDecider, type SlotCommand, type SlotState } from "./domain/slot/slot.decider.js";
import type { SlotEvent } from "./domain/slot/slot.events.js";
import { reactions } from "./react/reactions.js";
import { casesProjection } from "./read/cases.js";
import { customersProjection } from "./read/customers.js";
import { interactionsProjection } from "./read/interactions.js";
import { issuesProjection } from "./read/issues.js";
import { publishCase } from "./relay/case.js";
import { publishContact, publishCustomer, publishInteraction, publishSatisfaction } from "./relay/customer.js";
import { publishIssue, publishSlot } from "./relay/issue.js";
import {
  caseCodec,
  contactCodec,
  customerCodec,
  fieldsCodec,
  interactionCodec,
  issueCodec,
  orderCodec,
  satisfactionCodec,
  slotCodec,
} from "./stored/codecs.js";

const service = "customer";

export const customerAggregate: Aggregate<CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal> = {
  service,
  name: "customer",
  decider: customerDecider,
  codec: customerCodec,
  facts: new Set(),
  visibleTo: ({ registered }) => registered?.visibleTo,
  erasedBy: "customer.erased",
  publish: publishCustomer,
};

export const contactAggregate: Aggregate<ContactState, ContactCommand, ContactEvent, ContactRefusal> = {
  service,
  name: "contact",
  decider: contactDecider,
  codec: contactCodec,
  facts: new Set(),
  visibleTo: ({ registered }) => registered?.visibleTo,
  erasedBy: "contact.erased",
  publish: publishContact,
};

export const interactionAggregate: Aggregate<
  InteractionState,
  InteractionCommand,
  InteractionEvent,
  InteractionRefusal
> = {
  service,
  name: "interaction",
  decider: interactionDecider,
  codec: interactionCodec,
  facts: new Set(["LogInteraction", "FollowScope"]),
  visibleTo: ({ logged }) => logged?.visibleTo,
  publish: publishInteraction,
};

export const satisfactionAggregate: Aggregate<
  SatisfactionState,
  SatisfactionCommand,
  SatisfactionEvent,
  SatisfactionRefusal
> = {
  service,
  name: "satisfaction",
  decider: satisfactionDecider,
  codec: satisfactionCodec,
  facts: new Set(["RecordSatisfaction", "FollowScope"]),
  visibleTo: ({ recorded }) => recorded?.visibleTo,
  publish: publishSatisfaction,
};

export const caseAggregate: Aggregate<CaseState, CaseCommand, CaseEvent, CaseRefusal> = {
  service,
  name: "case",
  decider: caseDecider,
  codec: caseCodec,
  facts: new Set(["LinkIssue", "UnlinkIssue", "FollowScope"]),
  visibleTo: ({ opened }) => opened?.visibleTo,
  publish: publishCase,
};

export const issueAggregate: Aggregate<IssueState, IssueCommand, IssueEvent, IssueRefusal> = {
  service,
  name: "issue",
  decider: issueDecider,
  codec: issueCodec,
  facts: new Set(["OpenIssueByRule", "FollowScope"]),
  visibleTo: (issue) => (issue.opened ? visibleToOf(issue) : undefined),
  publish: publishIssue,
};

const slotAggregate: Aggregate<SlotState, SlotCommand, SlotEvent, never> = {
  service,
  name: "slot",
  decider: slotDecider,
  codec: slotCodec,
  facts: new Set(["TakeSlot", "ReleaseSlot"]),
  publish: publishSlot,
};

export const orderAggregate: Aggregate<OrderState, OrderCommand, OrderEvent, never> = {
  service,
  name: "order",
  decider: orderDecider,
  codec: orderCodec,
  facts: new Set(["NoteOrder", "NoteOrderScope", "NoteOrderCancellation", "NoteDependant"]),
  visibleTo: ({ noted }) => noted?.visibleTo,
  publish: () => [], // order-service tells of orders
};

export const fieldsAggregate: Aggregate<CustomFieldRules, NoteCustomFields, FieldsEvent, never> = {
  service,
  name: "fields",
  decider: fieldsDecider,
  codec: fieldsCodec,
  facts: new Set(["NoteCustomFields"]),
  publish: () => [], // order-service tells of the company's rules
};

export const customerService: ServiceDefinition = {
  name: service,
  aggregates: [
    customerAggregate,
    contactAggregate,
    interactionAggregate,
    satisfactionAggregate,
    caseAggregate,
    issueAggregate,
    slotAggregate,
    orderAggregate,
    fieldsAggregate,
  ],
  projections: [customersProjection, casesProjection, issuesProjection, interactionsProjection],
  reactions,
  readPublic,
};
