// The mutations' inputs beyond what GraphQL's types say: nulls left out, texts and lists bounded, enums in the domain's words.
import { isUuid } from "@gendan/eventing";
import { commandId } from "@gendan/service-kit";
import { z } from "zod";
import type { CheckpointCode, EXCEPTION_KINDS, Mode, InterceptOutcome } from "../domain/shipment/shipment.events.js";
import { lowerCamel } from "./words.js";

const MAX_ORDERS = 50;
const MAX_LINES = 500;
const MAX_PACKAGES = 200;

const text = (longest: number) =>
  z.string().trim().min(1, "must not be empty").max(longest, `may have at most ${longest} characters`);
const listOf = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item).max(most, `may have at most ${most} entries`);

const id = text(100);
const code = text(50);
const name = text(200);
const note = text(2_000);
const trackingNumber = text(100);

const envelope = {
  commandId,
  occurredAt: z.string().exactOptional(),
  historical: z.boolean().exactOptional(),
};
const ofShipment = { ...envelope, shipmentId: id };

const line = z.object({ lineId: id, scheduleId: id.exactOptional(), quantity: z.string() });

export const planShipmentInput = z.object({
  ...envelope,
  id: z.string().refine(isUuid, "must be a UUID in lower case").exactOptional(),
  orders: listOf(z.object({ orderId: id, lines: listOf(line, MAX_LINES).exactOptional() }), MAX_ORDERS),
  packages: listOf(
    z.object({
      packageId: code.exactOptional(),
      trackingNumber: trackingNumber.exactOptional(),
      weight: z.string().exactOptional(),
      lines: listOf(line.extend({ orderId: id }), MAX_LINES).exactOptional(),
    }),
    MAX_PACKAGES,
  ).default([]),
  mode: z.string().transform((mode) => lowerCamel(mode) as Mode),
  carrier: name.exactOptional(),
  service: name.exactOptional(),
  plannedShipOn: z.string().exactOptional(),
  shipFrom: code.exactOptional(),
});

export const bookShipmentInput = z.object({
  ...ofShipment,
  carrier: name.exactOptional(),
  service: name.exactOptional(),
  bookingReference: name.exactOptional(),
  eta: z.string().exactOptional(),
  packages: listOf(z.object({ packageId: code, trackingNumber }), MAX_PACKAGES).default([]),
});

export const dispatchShipmentInput = z.object({ ...ofShipment, reported: z.boolean().default(false) });

export const dropOrderInput = z.object({ ...ofShipment, orderId: id });

export const recordCheckpointInput = z.object({
  ...ofShipment,
  packageId: code.exactOptional(),
  trackingNumber: trackingNumber.exactOptional(),
  code: z.string().transform((value) => value as CheckpointCode),
  place: name.exactOptional(),
  carrier: name.exactOptional(),
  note: note.exactOptional(),
});

const packageIds = listOf(code, MAX_PACKAGES).min(1, "must name a package, or be left out").exactOptional();

export const confirmDeliveryInput = z.object({ ...ofShipment, packageIds, receivedBy: name.exactOptional() });

export const declareLostInput = z.object({ ...ofShipment, packageIds, reason: note.exactOptional() });

export const interceptShipmentInput = z.object({ ...ofShipment, packageIds, reason: code });

export const recordInterceptInput = z.object({
  ...ofShipment,
  packageIds,
  outcome: z.string().transform((outcome) => lowerCamel(outcome) as InterceptOutcome),
});

export const raiseExceptionInput = z.object({
  ...ofShipment,
  exceptionId: id.exactOptional(),
  kind: z.string().transform((kind) => lowerCamel(kind) as (typeof EXCEPTION_KINDS)[number]),
  packageId: code.exactOptional(),
  note: note.exactOptional(),
});

export const resolveExceptionInput = z.object({
  ...ofShipment,
  exceptionId: id,
  resolution: note.exactOptional(),
});

export const shipmentFilter = z.object({
  states: z.array(z.string()).exactOptional(),
  carrier: z.string().exactOptional(),
  department: z.string().exactOptional(),
  orderId: z.string().exactOptional(),
  exceptionOpen: z.boolean().exactOptional(),
});
