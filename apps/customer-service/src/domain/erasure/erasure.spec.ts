// One asks, another one carries it out; then nothing about the person is taken any more.
import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { contactDecider } from "../contact/contact.decider.js";
import type { ContactEvent } from "../contact/contact.events.js";
import { customerDecider } from "../customer/customer.decider.js";
import { noFieldRules } from "../fields/fields.decider.js";
import { customerId, customerRegistered, importer, li, scope, sealed, wang } from "../spec.js";

const given = specFor(customerDecider);
const requested = { type: "customer.erasure.requested", reason: "on-request", requestedBy: li } as const;
const withdrawn = { type: "customer.erasure.withdrawn", withdrawnBy: wang } as const;
const erased = { type: "customer.erased", reason: "on-request", requestedBy: li, erasedBy: wang } as const;
const request = { type: "RequestErasure", reason: "on-request" } as const;
const withdraw = { type: "WithdrawErasure" } as const;
const erase = { type: "Erase" } as const;
const clerk = { kind: "service", id: "portal", onBehalfOf: "li" } as const;

describe("an erasure", () => {
  test("is asked for, with who and why", () => given(customerRegistered).when(request, { actor: li }).then(requested));
  test("is carried out by another person", () =>
    given(customerRegistered, requested).when(erase, { actor: wang }).then(erased));
  test("is withdrawn by whoever sees that it was a mistake, and may be asked for again", () => {
    given(customerRegistered, requested)
      .when(withdraw, { actor: li })
      .then({ ...withdrawn, withdrawnBy: li });
    given(customerRegistered, requested, withdrawn)
      .when({ ...request, reason: "retention" }, { actor: wang })
      .then({ ...requested, reason: "retention", requestedBy: wang });
  });
});

describe("it is refused", () => {
  test("to whoever asked for it, also through a service", () => {
    given(customerRegistered, requested).when(erase, { actor: li }).refused("SAME_PERSON");
    given(customerRegistered, requested).when(erase, { actor: clerk }).refused("SAME_PERSON");
  });
  test("to a program that acts for nobody", () => {
    given(customerRegistered).when(request, { actor: importer }).refused("PERSON_NEEDED");
    given(customerRegistered, requested).when(erase, { actor: importer }).refused("PERSON_NEEDED");
  });
  test("where nobody has asked, or not any more", () => {
    given(customerRegistered).when(erase, { actor: wang }).refused("ERASURE_NOT_REQUESTED");
    given(customerRegistered).when(withdraw, { actor: wang }).refused("ERASURE_NOT_REQUESTED");
    given(customerRegistered, requested, withdrawn).when(erase, { actor: wang }).refused("ERASURE_NOT_REQUESTED");
  });
  test("where somebody has asked already", () =>
    given(customerRegistered, requested).when(request, { actor: wang }).refused("ERASURE_REQUESTED"));
  test("of somebody whom nobody knows", () => given().when(request, { actor: li }).refused("NOT_FOUND"));
});

describe("who is erased", () => {
  test.each([request, withdraw, erase])("takes no %j", (command) =>
    given(customerRegistered, requested, erased).when(command, { actor: wang }).refused("SUBJECT_ERASED"),
  );
  test("is not registered again", () => {
    const { type: _, visibleTo: __, ...organisation } = customerRegistered;
    given(customerRegistered, requested, erased)
      .when({ type: "RegisterCustomer", ...organisation, fieldRules: noFieldRules }, { actor: li })
      .refused("SUBJECT_ERASED");
  });
  test("is still known to decisions: its number, its scope", () =>
    expect(given(customerRegistered, requested, erased).state()).toEqual({
      registered: customerRegistered,
      erasure: { state: "erased" },
    }));
});

describe("a contact is erased likewise", () => {
  const givenContact = specFor(contactDecider);
  const contact: ContactEvent = { type: "contact.registered", customerId, name: sealed("Anna Berg"), ...scope };
  const asked: ContactEvent = { type: "contact.erasure.requested", reason: "on-request", requestedBy: li };

  test("and told with its customer", () =>
    givenContact(contact, asked)
      .when(erase, { actor: wang })
      .then({ ...asked, type: "contact.erased", erasedBy: wang, customerId }));
  test("by two persons", () => givenContact(contact, asked).when(erase, { actor: li }).refused("SAME_PERSON"));
  test("and not registered again", () =>
    givenContact(contact, { ...asked, type: "contact.erased", erasedBy: wang, customerId })
      .when({ ...contact, type: "RegisterContact" }, { actor: li })
      .refused("SUBJECT_ERASED"));
});
