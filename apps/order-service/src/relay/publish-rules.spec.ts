import { expect, test } from "@jest/globals";
import { rulesId } from "../domain/rules/rule-kinds.js";
import type { RulesSet } from "../domain/rules/rules.events.js";
import { publishRules } from "./publish-rules.js";

const set = (kind: RulesSet["kind"], rules: object) =>
  publishRules(rulesId(kind), { type: "rules.set", kind, version: 2, rules });

test("custom fields are told to who keeps values of them, of orders, lines and customers alike", () => {
  const fields = [
    { name: "season", of: "order", type: "choice", choices: ["S27"], required: true },
    { name: "remarks", of: "customer", type: "text", personal: true },
  ];
  expect(set("customFields", { fields, definedOnly: true })).toMatchObject([
    {
      type: "custom.fields.defined",
      data: {
        rulesId: rulesId("customFields"),
        version: 2,
        fields: [
          { ...fields[0], personal: false },
          { ...fields[1], required: false },
        ],
        definedOnly: true,
      },
    },
  ]);
});
test("no other rules are told: how this service decides is its own", () =>
  expect(set("acceptance", { days: 10 })).toEqual([]));
