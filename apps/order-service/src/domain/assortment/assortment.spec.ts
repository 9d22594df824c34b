import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { CUSTOMER, ORDER, system } from "../order/spec.js";
import { assortmentDecider } from "./assortment.decider.js";

const given = specFor(assortmentDecider);
const by = { actor: system };
const extend = (...skus: string[]) =>
  ({ type: "ExtendAssortment", customerId: CUSTOMER, orderId: ORDER, skus }) as const;
const extended = (...skus: string[]) =>
  ({ type: "assortment.extended", customerId: CUSTOMER, orderId: ORDER, skus }) as const;

test("what is confirmed to the customer for the first time is added, each item once", () => {
  given()
    .when(extend("A", "B", "A"), by)
    .then(extended("A", "B"));
  given(extended("A", "B")).when(extend("B", "C"), by).then(extended("C"));
  expect([...given(extended("A"), extended("C")).state().skus]).toEqual(["A", "C"]);
});
test("what is known already changes nothing, however often it is told", () =>
  given(extended("A", "B")).when(extend("B", "A"), by).unchanged());
