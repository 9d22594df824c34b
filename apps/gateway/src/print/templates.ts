// What is printed, by the name in the address: GET /print/order-confirmation/<id>.pdf.
import { commercialInvoice } from "./templates/commercial-invoice.js";
import { orderConfirmation, proformaInvoice } from "./templates/order-papers.js";
import { packingList } from "./templates/packing-list.js";
import { statement } from "./templates/statement.js";
import type { Template } from "./templates/template.js";

export const templates: Readonly<Record<string, Template>> = {
  "proforma-invoice": proformaInvoice,
  "order-confirmation": orderConfirmation,
  "packing-list": packingList,
  "commercial-invoice": commercialInvoice,
  statement,
};
