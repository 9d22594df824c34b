// The parts that several of an order's messages tell.
import type { OrderLine } from "../domain/order/content.events.js";
import type { ConfirmedSchedule } from "../domain/order/order.events.js";

export const lineOf = ({ lineId, kind, sku, description, family, unit, quantity, ...line }: OrderLine) => ({
  lineId,
  kind,
  sku,
  description,
  family,
  unit,
  quantity,
  unitPrice: line.unitPrice,
  amount: line.amount,
  freight: line.freight,
  customerSku: line.customerSku,
  revision: line.revision,
  conversion: line.conversion && { ...line.conversion },
  matrix: line.matrix?.map((cell) => ({ ...cell })),
  packaging: line.packaging,
  shippingMark: line.shippingMark,
  listPrice: line.listPrice,
  schedules: line.schedules.map((schedule) => ({
    scheduleId: schedule.scheduleId,
    quantity: schedule.quantity,
    requestedOn: schedule.requestedOn,
  })),
});

export const schedulesOf = (schedules: readonly ConfirmedSchedule[]) =>
  schedules.map(({ lateFrom: _, ...schedule }) => schedule);
