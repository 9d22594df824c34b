import { describe, expect, test } from "@jest/globals";
import { comparisonDefaults as strict, type ComparisonRules } from "../../rules/comparison.rules.js";
import { cny, line } from "../spec.js";
import type { OrderLine } from "../content.events.js";
import { compare, type Finding } from "./compare.js";
import type { PurchaseOrderLine } from "./comparison.events.js";

const whole: OrderLine = {
  ...line,
  customerSku: "C-9",
  revision: "B",
  packaging: "10 in a carton",
  shippingMark: "NORD / 1",
  conversion: { unit: "carton", numerator: 1, denominator: 10 },
};
const said: PurchaseOrderLine = {
  sku: "A-1",
  customerSku: "C-9",
  revision: "B",
  quantity: "10",
  unit: "pcs",
  unitPrice: cny(250),
  requestedOn: "2026-03-20",
  packaging: "10 in a carton",
  shippingMark: "NORD / 1",
};
const findings = (
  lines: readonly OrderLine[],
  theirs: readonly PurchaseOrderLine[],
  rules: Partial<ComparisonRules> = {},
) => compare(lines, { comparedWith: "purchaseOrder", document: "PO-1", lines: theirs }, { ...strict, ...rules });
const shown = ({ lineId = "-", aspect, ours, theirs, verdict }: Finding) =>
  `${lineId} ${aspect} ${verdict}: ${ours} | ${theirs}`;
const differing = (...given: Parameters<typeof findings>) =>
  findings(...given)
    .filter(({ verdict }) => verdict !== "equal")
    .map(shown);

test("what agrees in everything differs in nothing", () => {
  expect(differing([whole], [said])).toEqual([]);
  expect(findings([whole], [said]).map(({ aspect }) => aspect)).toEqual(
    ["item", "item", "revision", "quantity", "price", "date", "packaging", "shippingMark"], // prettier-ignore
  );
});

test.each([
  ["another item of ours", { lineId: "1", sku: "A-2" }, "1 item differs: A-1 | A-2"],
  ["another item of theirs", { customerSku: "C-8" }, "1 item differs: C-9 | C-8"],
  ["another revision", { revision: "C" }, "1 revision differs: B | C"],
  ["another quantity", { quantity: "10.000001" }, "1 quantity differs: 10 pcs | 10.000001 pcs"],
  ["another price", { unitPrice: cny(249) }, "1 price differs: 250 CNY | 249 CNY"],
  ["another currency", { unitPrice: { minor: "250", currency: "EUR" } }, "1 price differs: 250 CNY | 250 EUR"],
  ["another day", { requestedOn: "2026-03-21" }, "1 date differs: 2026-03-20 | 2026-03-21"],
  ["another packaging", { packaging: "loose" }, "1 packaging differs: 10 in a carton | loose"],
  ["another mark", { shippingMark: "NORD / 2" }, "1 shippingMark differs: NORD / 1 | NORD / 2"],
] as const)("%s is one difference with both values", (_, other, found) =>
  expect(differing([whole], [{ ...said, ...other }])).toEqual([found]),
);

test("what the document does not say is not compared; what the order does not say differs", () => {
  expect(differing([whole], [{ sku: "A-1", quantity: "10" }])).toEqual([]);
  expect(differing([line], [{ sku: "A-1", quantity: "10", revision: "B" }])).toEqual([
    "1 revision differs: undefined | B",
  ]);
});

describe("tolerances are exact", () => {
  test.each([
    [{ priceTolerance: "0.4" }, { unitPrice: cny(249) }, "differs"],
    [{ priceTolerance: "0.401607" }, { unitPrice: cny(249) }, "tolerated"],
    [{ priceTolerance: "25" }, { unitPrice: cny(200) }, "tolerated"],
    [{ priceTolerance: "100" }, { unitPrice: cny(0) }, "differs"],
    [{ quantityTolerance: "5" }, { quantity: "9.523809" }, "differs"],
    [{ quantityTolerance: "5" }, { quantity: "9.52381" }, "tolerated"],
    [{ dateTolerance: 2 }, { requestedOn: "2026-03-22" }, "tolerated"],
    [{ dateTolerance: 2 }, { requestedOn: "2026-03-17" }, "differs"],
  ] as const)("%j of %j", (rules, other, verdict) => {
    const [found] = findings([whole], [{ ...said, ...other }], rules).filter((each) => each.verdict !== "equal");
    expect(found?.verdict).toBe(verdict);
  });
  test("they do not reach over currencies", () =>
    expect(
      differing([whole], [{ ...said, unitPrice: { minor: "250", currency: "EUR" } }], { priceTolerance: "100" }),
    ).toHaveLength(1));
});

test("only what the rules ask for is compared", () =>
  expect(differing([whole], [{ ...said, quantity: "1", unitPrice: cny(1) }], { aspects: ["price"] })).toEqual([
    "1 price differs: 250 CNY | 1 CNY",
  ]));

describe("units", () => {
  test("are converted exactly, quantity and price alike", () => {
    const cartons = { ...said, unit: "carton", quantity: "1", unitPrice: cny(2500) };
    expect(differing([whole], [cartons])).toEqual([]);
    expect(differing([whole], [{ ...cartons, unitPrice: cny(2501), quantity: "1.1" }])).toEqual([
      "1 quantity differs: 10 pcs | 1.1 carton",
      "1 price differs: 250 CNY | 2501 CNY",
    ]);
  });
  test("also where several of the stock unit are one of the line's", () => {
    const pairs = { ...whole, unit: "pair", conversion: { unit: "pcs", numerator: 2, denominator: 1 } };
    expect(differing([pairs], [{ ...said, unit: "pcs", quantity: "20", unitPrice: cny(125) }])).toEqual([]);
    expect(differing([pairs], [{ ...said, unit: "pcs", quantity: "10", unitPrice: cny(250) }])).toHaveLength(2);
  });
  test("that nothing converts differ in quantity alone", () =>
    expect(differing([whole], [{ ...said, unit: "kg" }])).toEqual(["1 quantity differs: 10 pcs | 10 kg"]));
});

describe("lines find each other", () => {
  const two = [
    whole,
    { ...whole, lineId: "2", schedules: [{ scheduleId: "1", quantity: "10", requestedOn: "2026-04-20" }] },
  ];
  test("by the customer's item before ours, by the named line before both", () => {
    const lines = [whole, { ...whole, lineId: "2", sku: "B-1", customerSku: "C-1" }];
    expect(
      differing(lines, [
        { ...said, sku: "A-1", customerSku: "C-1" },
        { ...said, customerSku: "C-9" },
      ]),
    ).toEqual(["2 item differs: B-1 | A-1"]);
    expect(differing(lines, [{ ...said, lineId: "2" }])).toEqual([
      "1 item differs: A-1 | undefined",
      "2 item differs: B-1 | A-1",
      "2 item differs: C-1 | C-9",
    ]);
  });
  test("one after the other where several are of one item", () =>
    expect(differing(two, [said, { ...said, requestedOn: "2026-04-21" }])).toEqual([
      "2 date differs: 2026-04-20 | 2026-04-21",
    ]));
  test("several of the document are one line's deliveries", () => {
    const schedules = [
      { scheduleId: "1", quantity: "6", requestedOn: "2026-03-20" },
      { scheduleId: "2", quantity: "4", requestedOn: "2026-04-20" },
    ];
    const deliveries = [
      { ...said, quantity: "6" },
      { ...said, quantity: "4", requestedOn: "2026-04-22" },
    ];
    const [found, ...others] = findings([{ ...whole, schedules }], deliveries).filter(
      ({ verdict }) => verdict !== "equal",
    );
    expect([found, others]).toMatchObject([
      { scheduleId: "2", aspect: "date", ours: "2026-04-20", theirs: "2026-04-22" },
      [],
    ]);
    expect(differing([{ ...whole, schedules }], [{ ...said }])).toEqual([
      "1 date differs: 2026-03-20, 2026-04-20 | 2026-03-20",
    ]);
    expect(
      differing([{ ...whole, schedules }], [deliveries[0]!, { ...deliveries[1]!, unitPrice: cny(240) }], {
        aspects: ["price"],
      }),
    ).toEqual(["1 price differs: 250 CNY | 250 CNY, 240 CNY"]);
  });
  test("a line that the other does not have is a difference", () => {
    expect(differing(two, [said])).toEqual(["2 item differs: A-1 | undefined"]);
    expect(differing([whole], [said, { sku: "Z-1", quantity: "3" }])).toEqual(["- item differs: undefined | Z-1 × 3"]);
  });
});
