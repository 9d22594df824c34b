// What the terms of orders say, for who shows them.
export { incotermRule } from "../domain/order/dates/incoterms.js";
