// docs/walkthrough-trouble, carried out: an order with which everything goes wrong.
import { describe } from "@jest/globals";
import { walkedThrough } from "./spec.js";

describe("an order with which everything goes wrong", () => {
  walkedThrough("walkthrough-trouble");
});
