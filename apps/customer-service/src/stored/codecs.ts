// Stored versions of this service's events ↔ domain events. Stored events are read for ever: a version is added, never changed.
import { codecOf } from "@gendan/eventing";
import type { CaseEvent } from "../domain/case/case.events.js";
import type { ContactEvent } from "../domain/contact/contact.events.js";
import type { CustomerEvent } from "../domain/customer/customer.events.js";
import type { FieldsEvent } from "../domain/fields/fields.events.js";
import type { InteractionEvent } from "../domain/interaction/interaction.events.js";
import type { IssueEvent } from "../domain/issue/issue.events.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import type { SatisfactionEvent } from "../domain/satisfaction/satisfaction.events.js";
import type { SlotEvent } from "../domain/slot/slot.events.js";

export const customerCodec = codecOf<CustomerEvent>({
  // Version 2 says under which definitions the custom fields were decided, and may have sealed ones.
  "customer.registered": { version: 2, upcasts: [(v1) => v1] },
  "customer.fields.changed": { version: 1 },
  "customer.erasure.requested": { version: 1 },
  "customer.erasure.withdrawn": { version: 1 },
  "customer.erased": { version: 1 },
});

export const contactCodec = codecOf<ContactEvent>({
  "contact.registered": { version: 1 },
  "contact.erasure.requested": { version: 1 },
  "contact.erasure.withdrawn": { version: 1 },
  "contact.erased": { version: 1 },
});

export const interactionCodec = codecOf<InteractionEvent>({
  "interaction.logged": { version: 1 },
  "interaction.scope.followed": { version: 1 },
});

export const satisfactionCodec = codecOf<SatisfactionEvent>({
  "satisfaction.recorded": { version: 1 },
  "satisfaction.scope.followed": { version: 1 },
});

export const caseCodec = codecOf<CaseEvent>({
  "case.opened": { version: 1 },
  "case.answered": { version: 1 },
  "case.issue.linked": { version: 1 },
  "case.issue.unlinked": { version: 1 },
  "case.closed": { version: 1 },
  "case.scope.followed": { version: 1 },
});

export const issueCodec = codecOf<IssueEvent>({
  "issue.opened": { version: 1 },
  "issue.triaged": { version: 1 },
  "issue.cause.confirmed": { version: 1 },
  "issue.action.added": { version: 1 },
  "issue.action.completed": { version: 1 },
  "issue.resolved": { version: 1 },
  "issue.verified": { version: 1 },
  "issue.closed": { version: 1 },
  "issue.scope.followed": { version: 1 },
});

export const slotCodec = codecOf<SlotEvent>({
  "slot.taken": { version: 1 },
  "slot.released": { version: 1 },
});

export const orderCodec = codecOf<OrderEvent>({
  "order.noted": { version: 1 },
  "order.scope.noted": { version: 1 },
  "order.cancellation.noted": { version: 1 },
  "order.dependant.noted": { version: 1 },
});

export const fieldsCodec = codecOf<FieldsEvent>({ "custom.fields.noted": { version: 1 } });
