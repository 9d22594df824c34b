// The packing list of a shipment: what is in which package, order by order; no price stands on it.
import { addQuantities } from "@gendan/eventing";
import { said } from "../words.js";
import { itemOf, type PrintedLine } from "./order-papers.js";
import { customerOn, deliverTo, type Customer, type DeliveryPoint } from "./parties.js";
import type { Template } from "./template.js";

type PackedLine = Omit<PrintedLine, "amount" | "unitPrice" | "schedules" | "quantity"> & {
  readonly packaging: string | null;
  readonly shippingMark: string | null;
};

interface PackedOrder {
  readonly id: string;
  readonly number: string;
  readonly sourceReference: string | null;
  readonly customer: Customer | null;
  readonly deliveryPoint: DeliveryPoint | null;
  readonly lines: readonly PackedLine[];
}

interface Part {
  readonly lineId: string;
  readonly quantity: string;
}

interface PackedShipment {
  readonly number: string;
  readonly mode: string;
  readonly carrier: string | null;
  readonly dispatchedAt: string | null;
  readonly plannedShipOn: string | null;
  readonly orders: readonly { readonly order: PackedOrder | null; readonly lines: readonly Part[] }[];
  readonly packages: readonly {
    readonly packageId: string;
    readonly trackingNumber: string | null;
    readonly weight: string | null;
    readonly contents:
      readonly { readonly order: { readonly id: string } | null; readonly lines: readonly Part[] }[] | null;
  }[];
}

const query = `query Print_shipment($id: ID!) { subject: shipment(id: $id) {
  number mode carrier dispatchedAt plannedShipOn
  orders { order { id number sourceReference customer { number name } deliveryPoint { name address postcodePrefix region country }
    lines { lineId sku customerSku revision description unit packaging shippingMark } } lines { lineId quantity } }
  packages { packageId trackingNumber weight contents { order { id } lines { lineId quantity } } }
} }`;

export const packingList: Template = {
  query,
  paper: (shipment: PackedShipment, words) => {
    const { orders, packages } = shipment;
    const seen = orders.flatMap(({ order, lines }) => (order ? [{ order, lines }] : []));
    const parts = seen.flatMap(({ order, lines }) =>
      lines.map((part) => ({ order, part, line: order.lines.find(({ lineId }) => lineId === part.lineId) })),
    );
    const [first] = seen;
    const weights = packages.flatMap(({ weight }) => weight ?? []);
    const byUnit = new Map<string, string>();
    for (const { part, line } of parts) {
      const unit = line?.unit ?? "";
      byUnit.set(unit, addQuantities(byUnit.get(unit) ?? "0", part.quantity));
    }
    const packagesOf = (orderId: string, lineId: string): string[] =>
      packages
        .filter(({ contents }) =>
          contents?.some(({ order, lines }) => order?.id === orderId && lines.some((each) => each.lineId === lineId)),
        )
        .map(({ packageId }) => packageId);
    return {
      title: words.say("packingList"),
      number: shipment.number,
      facts: [
        [words.say("shipment"), shipment.number],
        [words.say("shipDate"), shipment.dispatchedAt?.slice(0, 10) ?? shipment.plannedShipOn ?? "—"],
        [words.say("mode"), shipment.mode],
        [words.say("carrier"), shipment.carrier ?? "—"],
        [words.say("trackingNumbers"), said(...packages.map(({ trackingNumber }) => trackingNumber)).join(", ") || "—"],
        [words.say("packages"), String(packages.length)],
        ...(weights.length > 0 ? [[words.say("grossWeight"), words.quantity(addQuantities(...weights))] as const] : []),
      ],
      parties: [customerOn(words, first?.order.customer), deliverTo(words, first?.order.deliveryPoint)],
      table: {
        columns: [
          { label: words.say("order"), width: 15, align: "left" },
          { label: words.say("item"), width: 14, align: "left" },
          { label: words.say("description"), width: 26, align: "left" },
          { label: words.say("packaging"), width: 12, align: "left" },
          { label: words.say("shippingMark"), width: 12, align: "left" },
          { label: words.say("package"), width: 8, align: "left" },
          { label: words.say("quantity"), width: 9, align: "right" },
          { label: words.say("unit"), width: 7, align: "left" },
        ],
        rows: parts.map(({ order, part, line }) => [
          said(order.number, order.sourceReference).join("\n"),
          line ? itemOf(line) : part.lineId,
          line?.description ?? "",
          line?.packaging ?? "",
          line?.shippingMark ?? "",
          packagesOf(order.id, part.lineId).join(", "),
          words.quantity(part.quantity),
          line?.unit ?? "",
        ]),
      },
      totals: [...byUnit].map(([unit, sum]) => [words.say("totalQuantity"), said(words.quantity(sum), unit).join(" ")]),
      notes: [],
      signatures: [words.say("packedBy"), words.say("checkedBy")],
    };
  },
};
