// What holds of a customer's custom fields whatever is defined of them and asked for, in any order.
import { expect, test } from "@jest/globals";
import { isSealed } from "@gendan/eventing";
import { SPEC_TIME } from "@gendan/testing/given";
import fc from "fast-check";
import { foldCustomer, type CustomerDoc } from "../../read/customers.js";
import { checkField } from "../fields/check-fields.js";
import type { CustomField, CustomFieldRules } from "../fields/fields.events.js";
import { customerRegistered, li, sealed } from "../spec.js";
import { customerDecider } from "./customer.decider.js";

const names = ["class", "quota", "remarks"] as const;
const name = fc.constantFrom(...names);
const value = fc.constantFrom<CustomField["value"]>("A", "12", "12.0", 12, true, sealed("rude"), sealed("rude", 2));
const rules: fc.Arbitrary<CustomFieldRules> = fc.record({
  version: fc.nat({ max: 9 }),
  definedOnly: fc.boolean(),
  fields: fc.uniqueArray(
    fc.record({
      name,
      type: fc.constantFrom("text" as const, "decimal" as const, "integer" as const),
      required: fc.boolean(),
      personal: fc.boolean(),
    }),
    { selector: (field) => field.name },
  ),
});
const change = fc.record({
  type: fc.constant("ChangeCustomerFields" as const),
  set: fc.array(fc.record({ name, value }), { maxLength: 2 }),
  remove: fc.array(name, { maxLength: 1 }),
  fieldRules: rules,
});

test("what changes is as it is defined, what does not is as it was, and the document says the same", () => {
  let [changed, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (commands) => {
      let state = customerDecider.evolve(customerDecider.initial, customerRegistered);
      let doc: CustomerDoc | undefined;
      for (const command of commands) {
        const decision = customerDecider.decide(state, command, { actor: li, at: SPEC_TIME });
        if (!("events" in decision)) {
          refused += 1;
          continue;
        }
        const before = new Map((state.customFields ?? []).map((field) => [field.name, field.value]));
        const { fieldRules } = command;
        for (const event of decision.events) {
          if (event.type !== "customer.fields.changed") throw new Error(event.type);
          changed += 1;
          state = customerDecider.evolve(state, event);
          doc = foldCustomer({} as CustomerDoc, event, {} as never);
          const now = new Map(event.customFields.map((field) => [field.name, field.value]));
          expect(event.changed.length).toBeGreaterThan(0);
          for (const each of names) {
            if (!event.changed.includes(each)) expect(now.get(each)).toEqual(before.get(each));
            else if (now.has(each)) {
              const field = { name: each, value: now.get(each)! };
              expect(checkField(field, fieldRules, "")).toEqual({ field });
              const isPersonal = fieldRules.fields.some((known) => known.name === each && known.personal);
              if (isPersonal) expect(isSealed(field.value)).toBe(true);
            } else expect(fieldRules.fields.some((known) => known.name === each && known.required)).toBe(false);
          }
          expect(doc?.customFields).toEqual(state.customFields);
          // The same once more changes nothing.
          expect(customerDecider.decide(state, command, { actor: li, at: SPEC_TIME })).toEqual({ events: [] });
        }
      }
    }),
    { numRuns: 500, seed: 20_260_302 },
  );
  expect(changed).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});
