// What the contracts' examples tell of: one order of one customer, so that a reader recognises it from event to event.
const nothing = { minor: "0", currency: "EUR" };
const total = { minor: "199900", currency: "EUR" };
const part = { lineId: "1", scheduleId: "1", quantity: "100" };
const order = "394a531c-2199-5c51-8eb7-a60f19306167";
const shipment = "6a1f0c52-3f0e-5d0b-9a53-0c6b8f2d4e11";
const quotation = "5b21d7c4-9f60-5a38-8c17-e04b6d93f2a1";
const customer = "30e44fd0-37b1-51b9-9cef-027ede66a42a";
const scope = { department: "cn/east", assignee: "li", visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"] };

const line = {
  lineId: "1",
  kind: "goods" as const,
  sku: "A-1",
  description: "Folding chair 折叠椅",
  family: "chairs",
  unit: "pcs",
  quantity: "100",
  unitPrice: { minor: "1999", currency: "EUR" },
  amount: total,
  freight: nothing,
  schedules: [{ scheduleId: "1", quantity: "100", requestedOn: "2027-01-31" }],
};

export const the = {
  order,
  shipment,
  amendment: "5b1f7c02-93d4-5e6a-8c31-7a0d2e9f4b60",
  customer,
  contact: "8c0f6a3e-52d1-5b7a-8e94-1f6d20c7b9a2",
  interaction: "b7d41c90-0a6e-5f3c-9d28-5e7f81a2c304",
  satisfaction: "d2a90e5b-7c14-5e86-a1f3-90b6c4d8e715",
  attachment: "6b1d5f0e-2a94-5c37-9e18-74c3a0d5b2f6",
  receipt: "f4c8b162-9e3d-5a70-8b45-2d7e6f901c38",
  invoice: "5b8e2d47-0f91-5c3a-9e64-7a1d3c8b5f20",
  writeOff: "e1c94a73-6d25-5b08-8f3e-0b7a9d4c2e61",
  case: "1e7b5d93-4c2a-5869-b0f7-3a8c9d6e4f21",
  issue: "a95e3c07-1d8f-5b42-9c60-7f4d2b8e6a13",
  slot: "c3f72e84-6b09-5d1a-8f35-4e9a0c7d5b62",
  rules: "2a58a341-86e0-5611-a4c4-8547920d78d9",
  return: "5e8d2b71-4f0c-5a93-8d16-2b7c9e3f6a40",
  exchange: "0f6b9d24-8c3e-5b17-9a52-6d4e1c8f7b30",
  total,
  nothing,
  part,
  line,
  detailedLine: {
    ...line,
    customerSku: "C-9",
    revision: "B",
    conversion: { unit: "carton", numerator: 1, denominator: 4 },
    matrix: [
      { colour: "red", size: "M", quantity: "60" },
      { colour: "red", size: "L", quantity: "40" },
    ],
    packaging: "4 in a carton",
    shippingMark: "HAMBURG / 4711",
    listPrice: { minor: "2199", currency: "EUR" },
  },
  orderPart: { orderId: order, lines: [part] },
  scope,
  quotation,
  quotationOf: { quotationId: quotation, number: "QU-2026-000001", customerId: customer, currency: "EUR", ...scope },
  about: { orderId: order, shipmentId: shipment },
};
