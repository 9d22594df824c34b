import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { noFieldRules } from "../fields/fields.decider.js";
import type { CustomField, CustomFieldRules } from "../fields/fields.events.js";
import { customerRegistered, li, sealed, wang } from "../spec.js";
import type { ChangeCustomerFields } from "./change-customer-fields.js";
import { customerDecider } from "./customer.decider.js";

const given = specFor(customerDecider);
const fieldRules: CustomFieldRules = {
  version: 4,
  fields: [
    { name: "class", type: "choice", choices: ["A", "B"], required: true, personal: false },
    { name: "quota", type: "decimal", required: false, personal: false },
    { name: "remarks", type: "text", required: false, personal: true },
  ],
  definedOnly: true,
};
const field = (name: string, value: CustomField["value"]): CustomField => ({ name, value });
const change = (set: CustomField[], remove: string[] = [], rules = fieldRules): ChangeCustomerFields => ({
  type: "ChangeCustomerFields",
  set,
  remove,
  fieldRules: rules,
});
/** Kept before anything was defined: its class is none any more, and nobody knows "since". */
const before = [field("class", "Z"), field("quota", "12.0"), field("since", "2019"), field("remarks", "rude")];
const registered = { ...customerRegistered, customFields: before };
const changed = (customFields: CustomField[], ...names: string[]) =>
  ({ type: "customer.fields.changed", customFields, changed: names, decidedUnder: { customFields: 4 } }) as const;
const by = { actor: li };

test("fields are set and removed, each for itself, as their types write them", () =>
  given(registered)
    .when(change([field("quota", "7.50"), field("remarks", sealed("polite"))], ["since"]), by)
    .then(
      changed(
        [field("class", "Z"), field("quota", "7.5"), field("remarks", sealed("polite"))],
        ...["quota", "remarks", "since"],
      ),
    ));
test("where nothing is defined, no version is told", () =>
  given(customerRegistered)
    .when(change([field("class", "A")], [], noFieldRules), by)
    .then({ type: "customer.fields.changed", customFields: [field("class", "A")], changed: ["class"] }));
test("a personal text that was kept open is sealed when it is told again", () =>
  given(registered)
    .when(change([field("remarks", sealed("rude"))]), by)
    .then(changed([...before.slice(0, 3), field("remarks", sealed("rude"))], "remarks")));

describe("nothing happens", () => {
  test("where the value is the same, whatever has become of its definition", () =>
    given(registered)
      .when(change([field("class", "Z"), field("quota", "12.0"), field("since", "2019")], ["colour"]), by)
      .unchanged());
  test("where it is the same as its type writes it, or sealed anew", () => {
    const now = changed([field("quota", "12"), field("remarks", sealed("rude"))], "quota", "remarks");
    given(registered, now)
      .when(change([field("quota", "12.00"), field("remarks", sealed("rude", 2))]), by)
      .unchanged();
  });
});

describe("it is refused", () => {
  test("with every fault at once, each at its place", () =>
    expect(
      given(registered).when(
        change([field("since", "2020"), field("quota", "many"), field("remarks", "open")], ["class"]),
        by,
      ).decision,
    ).toEqual({
      refusals: [
        { code: "FIELD_UNKNOWN", field: "set.0.name", name: "since" },
        { code: "FIELD_TYPE", field: "set.1.value", name: "quota", type: "decimal" },
        { code: "FIELD_TYPE", field: "set.2.value", name: "remarks", type: "text" },
        { code: "FIELD_REQUIRED", field: "remove.0", name: "class" },
      ],
    }));
  test("where a field is named twice", () =>
    given(registered)
      .when(change([field("quota", "1")], ["quota"]), by)
      .refused("FIELD_REPEATED"));
  test("beyond fifty fields, and up to there it is taken", () => {
    const many = Array.from({ length: 47 }, (_, index) => field(`f${index}`, index));
    given(registered)
      .when(change(many, [], noFieldRules), by)
      .refused("FIELDS_TOO_MANY");
    given(registered)
      .when(change(many.slice(1), [], noFieldRules), by)
      .then({ type: "customer.fields.changed", customFields: [...before, ...many.slice(1)], changed: many.slice(1).map(({ name }) => name) }); // prettier-ignore
  });
  test("of whom nobody knows, and of whom is erased", () => {
    given()
      .when(change([field("quota", "1")]), by)
      .refused("NOT_FOUND");
    const requested = { type: "customer.erasure.requested", reason: "on-request", requestedBy: li } as const;
    given(registered, requested, { ...requested, type: "customer.erased", erasedBy: wang })
      .when(change([field("quota", "1")]), by)
      .refused("SUBJECT_ERASED");
  });
});
