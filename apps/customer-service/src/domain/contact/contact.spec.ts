import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { customerId, li, scope, sealed } from "../spec.js";
import { contactDecider, type RegisterContact } from "./contact.decider.js";

const given = specFor(contactDecider);
const contact = {
  customerId,
  name: sealed("Anna Berg"),
  mail: sealed("anna@nordwind.example"),
  role: "buyer",
  ...scope,
};
const register: RegisterContact = { type: "RegisterContact", ...contact };

test("a contact is registered", () =>
  given()
    .when(register, { actor: li })
    .then({ type: "contact.registered", ...contact }));
test("the same contact again changes nothing, even where it was sealed anew", () =>
  given({ type: "contact.registered", ...contact })
    .when({ ...register, name: sealed("Anna Berg", 2) }, { actor: li })
    .unchanged());
test("another contact under the same id is refused", () =>
  given({ type: "contact.registered", ...contact })
    .when({ ...register, role: "quality" }, { actor: li })
    .refused("CONTACT_EXISTS"));
