// The projection "facts": one document per aggregate that is counted or whose timeline is read, and the cells they fill.
import type { Projection } from "@gendan/eventing";
import { answerFacts } from "./facts/answer-facts.js";
import { issueFacts } from "./facts/issue-facts.js";
import { orderFacts } from "./facts/order-facts.js";
import {
  caseFacts,
  customerFacts,
  interactionFacts,
  quotationFacts,
  receiptFacts,
  shipmentFacts,
} from "./facts/seen-facts.js";
import { rollups } from "./rollups.js";

export const FACTS = "facts";

export const facts: Projection = {
  name: FACTS,
  version: "7",
  documents: [
    quotationFacts,
    orderFacts,
    issueFacts,
    answerFacts,
    shipmentFacts,
    caseFacts,
    customerFacts,
    interactionFacts,
    receiptFacts,
  ],
  rollups,
};
