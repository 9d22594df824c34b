// The checks of what a line says beyond item, quantity and price.
import { millionths, quantity, type Quantity } from "@gendan/eventing";
import type { CustomFieldRules } from "../../rules/custom-fields.rules.js";
import { defined, isPositive } from "../../values.js";
import type { Checks } from "../faults.js";
import { completeFields } from "./custom-fields.js";
import type { Cell, Conversion, LineDetails } from "./line-details.events.js";

/** The parts of a ratio, at most: more is a typing error. */
const MAX_PART = 1_000_000_000;
const MAX_CELLS = 500;
const LONG = 2_000;

/** A line's details as they are kept; what is wrong with them is told to the checks, at the line's path. */
export function completeDetails(
  given: LineDetails,
  total: Quantity,
  path: string,
  currency: string,
  fields: CustomFieldRules | undefined,
  checks: Checks,
): LineDetails {
  const { conversion, matrix, packaging, shippingMark, listPrice, unitCost } = given;
  const customFields = completeFields(given.customFields ?? [], "line", `${path}.customFields`, fields, checks);
  if (conversion) checkConversion(conversion, `${path}.conversion`, checks);
  checks.text(`${path}.packaging`, packaging, LONG);
  checks.text(`${path}.shippingMark`, shippingMark, LONG);
  if (listPrice) checks.price(`${path}.listPrice`, listPrice, currency);
  if (unitCost) checks.price(`${path}.unitCost`, unitCost, currency);
  return defined({
    conversion,
    matrix: matrix && completeMatrix(matrix, total, `${path}.matrix`, checks),
    packaging,
    shippingMark,
    listPrice,
    unitCost,
    customFields: customFields.length > 0 ? customFields : undefined,
  });
}

function checkConversion({ unit, numerator, denominator }: Conversion, path: string, checks: Checks): void {
  checks.needed(`${path}.unit`, unit);
  for (const [name, part] of Object.entries({ numerator, denominator })) {
    const fits = Number.isInteger(part) && part >= 1 && part <= MAX_PART;
    if (!fits) checks.add("CONVERSION_INVALID", `${path}.${name}`, `${part}`);
  }
}

/** A matrix without a cell says nothing, and is none. */
function completeMatrix(
  given: readonly Cell[],
  total: Quantity,
  path: string,
  checks: Checks,
): readonly Cell[] | undefined {
  if (given.length === 0) return undefined;
  checks.atMost(MAX_CELLS, path, given);
  const cells = given.map(({ colour, size, quantity: part }, index) => {
    checks.positive(`${path}.${index}.quantity`, part);
    checks.text(`${path}.${index}.colour`, colour);
    checks.text(`${path}.${index}.size`, size);
    return { ...defined({ colour, size }), quantity: isPositive(part) ? quantity(millionths(part)) : "0" };
  });
  checks.unique("DUPLICATE_CELL", (index) => `${path}.${index}`, cells.map(cellName));
  const sum = quantity(cells.reduce((all, cell) => all + millionths(cell.quantity), 0n));
  if (sum !== total) checks.add("MATRIX_QUANTITIES_DIFFER", path, `${sum} ≠ ${total}`);
  return cells;
}

/** By which a cell is named, in faults and in corrections. */
export const cellName = ({ colour = "", size = "" }: Pick<Cell, "colour" | "size">): string => `${colour}/${size}`;
