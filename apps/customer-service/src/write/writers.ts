// What api/ writes through: the commands of each aggregate, and the numbers for people.
import type { Commands, Service } from "@gendan/eventing";
import type { CaseCommand } from "../domain/case/case.decider.js";
import type { CaseRefusal } from "../domain/case/case.refusals.js";
import type { CaseState } from "../domain/case/case.state.js";
import type { ContactCommand, ContactRefusal, ContactState } from "../domain/contact/contact.decider.js";
import type { CustomerCommand } from "../domain/customer/customer.decider.js";
import type { CustomerRefusal } from "../domain/customer/customer.refusals.js";
import type { CustomerState } from "../domain/customer/customer.state.js";
import type { NoteCustomFields } from "../domain/fields/fields.decider.js";
import type { CustomFieldRules } from "../domain/fields/fields.events.js";
import type {
  InteractionCommand,
  InteractionRefusal,
  InteractionState,
} from "../domain/interaction/interaction.decider.js";
import type { IssueCommand } from "../domain/issue/issue.decider.js";
import type { IssueRefusal } from "../domain/issue/issue.refusals.js";
import type { IssueState } from "../domain/issue/issue.state.js";
import type { OrderCommand, OrderState } from "../domain/order/order.decider.js";
import type {
  SatisfactionCommand,
  SatisfactionRefusal,
  SatisfactionState,
} from "../domain/satisfaction/satisfaction.decider.js";

export interface Writers {
  readonly customers: Commands<CustomerState, CustomerCommand, CustomerRefusal>;
  readonly contacts: Commands<ContactState, ContactCommand, ContactRefusal>;
  readonly interactions: Commands<InteractionState, InteractionCommand, InteractionRefusal>;
  readonly satisfaction: Commands<SatisfactionState, SatisfactionCommand, SatisfactionRefusal>;
  readonly cases: Commands<CaseState, CaseCommand, CaseRefusal>;
  readonly issues: Commands<IssueState, IssueCommand, IssueRefusal>;
  /** The local copies: written by reactions, looked up here. */
  readonly orders: Pick<Commands<OrderState, OrderCommand, never>, "load">;
  readonly fields: Pick<Commands<CustomFieldRules, NoteCustomFields, never>, "load">;
  readonly number: Service["number"];
}
