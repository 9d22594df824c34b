import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { customerRegistered, li, scope, sealed } from "../spec.js";
import { customerDecider } from "./customer.decider.js";
import type { RegisterCustomer } from "./register-customer.js";

const given = specFor(customerDecider);
const { type: _, visibleTo: __, ...organisation } = customerRegistered;
const register: RegisterCustomer = { type: "RegisterCustomer", ...organisation };
const person: RegisterCustomer = {
  type: "RegisterCustomer",
  number: "CU-2026-000002",
  kind: "person",
  name: sealed("Maria Silva"),
  localNames: [],
  phone: sealed("+55 11 5555"),
  externalReferences: [],
  department: "cn/east",
};

describe("a customer is registered", () => {
  test("with plain names, for its department and everybody above", () =>
    given().when(register, { actor: li }).then(customerRegistered));
  test("as a person, with what is personal sealed", () =>
    given()
      .when(person, { actor: li })
      .then({ ...person, type: "customer.registered", ...scope }));
  test("as a person whose name nobody knows", () =>
    given()
      .when({ ...person, name: undefined }, { actor: li })
      .then({ ...person, name: undefined, type: "customer.registered", ...scope }));
  test("with values of the company's own kinds", () => {
    const customFields = [
      { name: "class", value: "A" },
      { name: "seats", value: 12 },
      { name: "audited", value: false },
    ];
    given()
      .when({ ...register, customFields }, { actor: li })
      .then({ ...customerRegistered, customFields });
  });
  test("for its assignee as well", () =>
    given()
      .when({ ...register, assignee: "li" }, { actor: li })
      .then({ ...customerRegistered, assignee: "li", visibleTo: [...scope.visibleTo, "u:li"] }));
});

describe("it is refused", () => {
  test("as an organisation without a name, and with every fault at once", () => {
    const { externalReferences } = customerRegistered;
    given()
      .when(
        {
          ...register,
          name: " ",
          externalReferences: [...externalReferences, ...externalReferences],
        } as RegisterCustomer,
        {
          actor: li,
        },
      )
      .refused("NAME_MISSING", "REFERENCE_REPEATED");
  });
  test("with two values of one custom field", () => {
    const customFields = ["A", "B"].map((value) => ({ name: "class", value }));
    given()
      .when({ ...register, customFields }, { actor: li })
      .refused("FIELD_REPEATED");
  });
  test("where it is known with other custom fields", () =>
    given(customerRegistered)
      .when({ ...register, customFields: [{ name: "class", value: "A" }] }, { actor: li })
      .refused("CUSTOMER_EXISTS"));
  test("where another customer has the id", () =>
    given(customerRegistered)
      .when({ ...register, country: "AT" }, { actor: li })
      .refused("CUSTOMER_EXISTS"));
  test("where the person is known under another name", () =>
    given({ ...person, type: "customer.registered", ...scope })
      .when({ ...person, name: sealed("Maria Souza", 2) } as RegisterCustomer, { actor: li })
      .refused("CUSTOMER_EXISTS"));
});

describe("registered again, it changes nothing", () => {
  test("under a number that was drawn anew", () =>
    given(customerRegistered)
      .when({ ...register, number: "CU-2026-000009" }, { actor: li })
      .unchanged());
  test("with values that were sealed anew", () =>
    given({ ...person, type: "customer.registered", ...scope })
      .when({ ...person, name: sealed("Maria Silva", 2), phone: sealed("+55 11 5555", 2) } as RegisterCustomer, {
        actor: li,
      })
      .unchanged());
});
