import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { customerRegistered, li, scope, sealed } from "../spec.js";
import { noFieldRules } from "../fields/fields.decider.js";
import type { CustomField, CustomFieldRules } from "../fields/fields.events.js";
import { customerDecider } from "./customer.decider.js";
import type { RegisterCustomer } from "./register-customer.js";

const given = specFor(customerDecider);
const { type: _, visibleTo: __, ...organisation } = customerRegistered;
const register: RegisterCustomer = { type: "RegisterCustomer", ...organisation, fieldRules: noFieldRules };
const maria = {
  number: "CU-2026-000002",
  kind: "person",
  name: sealed("Maria Silva"),
  localNames: [],
  phone: sealed("+55 11 5555"),
  externalReferences: [],
  department: "cn/east",
} as const;
const person: RegisterCustomer = { type: "RegisterCustomer", ...maria, fieldRules: noFieldRules };

describe("a customer is registered", () => {
  test("with plain names, for its department and everybody above", () =>
    given().when(register, { actor: li }).then(customerRegistered));
  test("as a person, with what is personal sealed", () =>
    given()
      .when(person, { actor: li })
      .then({ ...maria, type: "customer.registered", ...scope }));
  test("as a person whose name nobody knows", () =>
    given()
      .when({ ...person, name: undefined } as RegisterCustomer, { actor: li })
      .then({ ...maria, name: undefined, type: "customer.registered", ...scope }));
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
    given({ ...maria, type: "customer.registered", ...scope })
      .when({ ...person, name: sealed("Maria Souza", 2) } as RegisterCustomer, { actor: li })
      .refused("CUSTOMER_EXISTS"));
});

describe("registered again, it changes nothing", () => {
  test("under a number that was drawn anew", () =>
    given(customerRegistered)
      .when({ ...register, number: "CU-2026-000009" }, { actor: li })
      .unchanged());
  test("with values that were sealed anew", () =>
    given({ ...maria, type: "customer.registered", ...scope })
      .when({ ...person, name: sealed("Maria Silva", 2), phone: sealed("+55 11 5555", 2) } as RegisterCustomer, {
        actor: li,
      })
      .unchanged());
});

describe("its custom fields", () => {
  const fieldRules: CustomFieldRules = {
    version: 3,
    fields: [
      { name: "class", type: "choice", choices: ["A", "B"], required: true, personal: false },
      { name: "quota", type: "decimal", required: false, personal: false },
      { name: "remarks", type: "text", required: false, personal: true },
    ],
    definedOnly: true,
  };
  const under = (customFields: CustomField[], rules = fieldRules) =>
    ({ ...register, customFields, fieldRules: rules }) as RegisterCustomer;
  const [classA, quota] = [
    { name: "class", value: "A" },
    { name: "quota", value: "12" },
  ];
  const remarks = { name: "remarks", value: sealed("rude on the phone") };
  const decided = { ...customerRegistered, customFields: [classA, quota, remarks], decidedUnder: { customFields: 3 } };

  test("are kept as their types write them, with the version that says so", () =>
    given()
      .when(under([classA, { name: "quota", value: "12.00" }, remarks]), { actor: li })
      .then(decided));
  test("are refused with every fault at once, beside the others'", () =>
    given()
      .when(
        {
          ...under([
            { name: "quota", value: true },
            { name: "other", value: 1 },
          ]),
          name: "",
        } as RegisterCustomer,
        {
          actor: li,
        },
      )
      .refused("NAME_MISSING", "FIELD_TYPE", "FIELD_UNKNOWN", "FIELD_REQUIRED"));
  test("are the same customer's as they were, as they are now, and as the types write them", () => {
    const changed = [classA, { name: "quota", value: "7" }];
    const story = given(decided, { type: "customer.fields.changed", customFields: changed, changed: ["quota"] });
    story.when(under([classA, { name: "quota", value: "12.0" }, remarks]), { actor: li }).unchanged();
    story.when(under([classA, { name: "quota", value: "7.0" }]), { actor: li }).unchanged();
    story.when(under([classA]), { actor: li }).refused("CUSTOMER_EXISTS");
  });
  test("stay the same customer's under definitions that would refuse them", () =>
    given({ ...customerRegistered, customFields: [{ name: "other", value: "x" }] })
      .when(under([{ name: "other", value: "x" }]), { actor: li })
      .unchanged());
});
