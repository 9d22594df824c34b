import { expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import { cents, event, folded, id, scope } from "../spec.js";
import { caseFacts, customerFacts, interactionFacts, receiptFacts, shipmentFacts } from "./seen-facts.js";

const customerId = id("customer");
const shipmentId = id("shipment");
const caseId = id("case");
const orderIds = [id("order")];
const at = "2026-03-02T08:00:00.000Z";

const customer = event("customer.registered", { customerId, number: "CU-1", kind: "person", ...scope("cn") });
const interaction = event("interaction.logged", { interactionId: id("talk"), customerId, channel: "call", direction: "inbound", ...scope("cn/west") }); // prettier-ignore
const planned = event("shipment.planned", { shipmentId, orderIds, number: "SH-1", orders: [], mode: "road", packages: [], ...scope("cn") }); // prettier-ignore
const booked = event("shipment.booked", { shipmentId, orderIds, carrier: "sf", packages: [] });
const lost = event("shipment.lost", { shipmentId, orderIds, orders: [], packageIds: [], lostAt: at, ...scope("cn/west", "wu") }); // prettier-ignore
const opened = event("case.opened", { caseId, customerId, number: "CS-1", kind: "inquiry", subject: "?", priority: "low", openedAt: at, ...scope("cn") }); // prettier-ignore
const receipt = event("receipt.recorded", { receiptId: id("receipt"), number: "RC-1", customerId, amount: cents(1), method: "bank", receivedAt: at, ...scope("cn") }); // prettier-ignore

const seen = (fold: typeof caseFacts, ...events: PublicEvent[]) => folded(fold.fold, events)?.visibleTo;

test("each keeps the scope of its own aggregate", () => {
  expect(seen(caseFacts, opened)).toEqual(["d:", "d:cn"]);
  expect(seen(receiptFacts, receipt)).toEqual(["d:", "d:cn"]);
  expect(seen(customerFacts, customer)).toEqual(["d:", "d:cn"]);
  expect(seen(interactionFacts, interaction)).toEqual(["d:", "d:cn", "d:cn/west"]);
});

test("a shipment's scope is the last one told", () => {
  expect(seen(shipmentFacts, planned, booked)).toEqual(["d:", "d:cn"]);
  expect(seen(shipmentFacts, planned, lost)).toEqual(["d:", "d:cn", "d:cn/west", "u:wu"]);
});

test("and what follows an order is seen by whoever sees that", () => {
  const moved = scope("us");
  expect(seen(shipmentFacts, planned, event("shipment.scope.changed", { shipmentId, orderIds, ...moved }))).toEqual(
    moved.visibleTo,
  );
  expect(seen(caseFacts, opened, event("case.scope.changed", { caseId, ...moved }))).toEqual(moved.visibleTo);
  expect(
    seen(interactionFacts, interaction, event("interaction.scope.changed", { interactionId: id("talk"), ...moved })),
  ).toEqual(moved.visibleTo);
  const { visibleTo } = moved;
  const told = { receiptId: id("receipt"), orderIds, visibleTo };
  const allocated = event("receipt.allocated", { ...told, allocations: [], unallocated: cents(1) });
  expect(seen(receiptFacts, receipt, allocated)).toEqual(visibleTo);
  expect(seen(receiptFacts, receipt, event("receipt.scope.changed", told))).toEqual(visibleTo);
  const before = event("receipt.allocated", { ...told, visibleTo: undefined, allocations: [], unallocated: cents(1) });
  expect(seen(receiptFacts, receipt, before)).toEqual(["d:", "d:cn"]);
});

test("events of others on the same topic are not theirs", () => {
  expect(seen(customerFacts, interaction)).toBeUndefined();
  expect(seen(interactionFacts, customer)).toBeUndefined();
  expect(seen(shipmentFacts, booked)).toBeUndefined();
});
