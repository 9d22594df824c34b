// What the edited rows of order-lines change of their order, all by one command: a correction before the order is binding, else an
// amendment that is proposed.
import { toMinor } from "@gendan/eventing";
import type { Text } from "@gendan/service-kit";
import { sheetTexts } from "./sheet-texts.js";

const [PRICE, QUANTITY, REQUESTED] = [
  "lines.unitPrice",
  "lines.schedules.quantity",
  "lines.schedules.requestedOn",
] as const;

/** The columns whose edited values go together. */
export const changePaths: readonly string[] = [PRICE, QUANTITY, REQUESTED];
/** What must be known of the order besides its columns. */
export const changeSelection = "version";

/** The order as the sheet's query gives it. */
export interface OrderNow {
  /** Null until it is binding. */
  readonly version: number | null;
  readonly currency: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly schedules: readonly {
      readonly scheduleId: string;
      readonly quantity: string;
      readonly requestedOn: string | null;
    }[];
  }[];
}

export interface EditedRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
  /** Those of `changePaths` that differ from what is there. */
  readonly paths: readonly string[];
}

export interface RowFault {
  readonly row: number;
  readonly code: string;
  readonly field: string;
  readonly text: Text;
}

export interface OrderChange {
  readonly mutation: "correctOrder" | "proposeAmendment";
  readonly input: object;
}

const lineOf = ({ values }: EditedRow): string => values["lines.lineId"] ?? "";
const scheduleOf = ({ values }: EditedRow): string => values["lines.schedules.scheduleId"] ?? "";

/** The command; or what is wrong with the rows for themselves. Every row is of a schedule that the order has. */
export function orderChange(order: OrderNow, rows: readonly EditedRow[]): OrderChange | readonly RowFault[] {
  const saying = (path: string) => rows.filter(({ values }) => values[path]);
  const prices = rows.filter(({ paths }) => paths.includes(PRICE));
  const faults = [
    ...prices.flatMap((row) => priceFault(row, order)),
    ...contradictions(prices, PRICE, lineOf),
    ...(order.version === null
      ? []
      : [
          ...contradictions(saying("reason"), "reason", () => ""),
          ...contradictions(saying("askedBy"), "askedBy", () => ""),
        ]),
  ];
  if (faults.length > 0) return faults;
  const changed = changedLines(order, rows);
  if (order.version === null) return { mutation: "correctOrder", input: { changedLines: changed } };
  const said = (path: string, otherwise: string) => saying(path)[0]?.values[path] ?? otherwise;
  const given = { reason: said("reason", ""), askedBy: said("askedBy", "US") };
  const input = { version: order.version, ...given, lines: changed };
  return { mutation: "proposeAmendment", input };
}

/** Only what changes of each line; of its schedules all, because given ones take the place of all that it has. */
function changedLines({ lines, currency }: OrderNow, rows: readonly EditedRow[]): readonly object[] {
  const rowsOf = Map.groupBy(rows, lineOf);
  return lines.flatMap(({ lineId, schedules }) => {
    const own = rowsOf.get(lineId);
    if (!own) return [];
    const edited = (path: string, scheduleId?: string): string | undefined =>
      own.find((row) => row.paths.includes(path) && (scheduleId === undefined || scheduleOf(row) === scheduleId))
        ?.values[path];
    const price = edited(PRICE);
    const ofSchedules = own.some(({ paths }) => paths.includes(QUANTITY) || paths.includes(REQUESTED));
    const given = schedules.map(({ scheduleId, quantity, requestedOn }) => ({
      scheduleId,
      quantity: edited(QUANTITY, scheduleId) ?? quantity,
      requestedOn: edited(REQUESTED, scheduleId) ?? requestedOn,
    }));
    return {
      lineId,
      ...(price === undefined ? {} : { unitPrice: { minor: toMinor(price, currency), currency } }),
      ...(ofSchedules ? { schedules: given } : {}),
    };
  });
}

function priceFault({ row, values }: EditedRow, { currency }: OrderNow): RowFault[] {
  const price = values[PRICE] ?? "";
  if (/^\d{1,15}(\.\d+)?$/.test(price) && toMinor(price, currency) !== undefined) return [];
  return [{ row, code: "VALUE_INVALID", field: PRICE, text: sheetTexts.noAmount(price, currency) }];
}

/** Rows that say different values of what is one: the price of a line, the reason of an amendment. */
function contradictions(rows: readonly EditedRow[], path: string, of: (row: EditedRow) => string): RowFault[] {
  const first = new Map<string, EditedRow>();
  return rows.flatMap((each) => {
    const before = first.get(of(each));
    if (!before) first.set(of(each), each);
    if (!before || before.values[path] === each.values[path]) return [];
    return [{ row: each.row, code: "ROWS_CONTRADICT", field: path, text: sheetTexts.contradicts(before.row) }];
  });
}

interface Refusal {
  readonly code: string;
  readonly field: string | null;
  readonly details?: Readonly<Record<string, unknown>> | null;
}

/** The rows that a refusal is about, and the column; every row where it is about none of them alone. */
export function aboutRows(
  { code, field, details }: Refusal,
  { lines }: OrderNow,
  rows: readonly EditedRow[],
): { readonly rows: readonly EditedRow[]; readonly path: string | undefined } {
  const [list, line, part, schedule] = (field ?? "").split(".");
  // Faults name lines by their places, owned fields by their ids.
  const byId = code === "FIELD_OWNED";
  const place = list === "lines" && line !== undefined ? lines[byId ? lines.findIndex(({ lineId }) => lineId === line) : Number(line)] : undefined; // prettier-ignore
  const ofSchedule =
    part !== "schedules" || schedule === undefined
      ? undefined
      : byId
        ? schedule
        : place?.schedules[Number(schedule)]?.scheduleId;
  const lineId = place?.lineId ?? details?.["lineId"];
  const scheduleId = ofSchedule ?? details?.["scheduleId"];
  const about = rows.filter((row) => lineOf(row) === lineId && [undefined, scheduleOf(row)].includes(scheduleId as string)); // prettier-ignore
  if (about.length === 0) return { rows, path: undefined };
  return { rows: about, path: columnOf(code === "BELOW_SHIPPED" ? "quantity" : (field ?? "")) };
}

function columnOf(field: string): string | undefined {
  if (/unitPrice(\.|$)/.test(field)) return PRICE;
  if (/(quantity|matrix)(\.|$)/.test(field)) return QUANTITY;
  return field.endsWith("requestedOn") ? REQUESTED : undefined;
}
