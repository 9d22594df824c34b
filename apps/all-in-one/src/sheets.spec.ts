// POST /sheets of a whole company: an export, edited as people do, comes back as commands.
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import { CallersGraph } from "@gendan/gateway/files/callers-graph";
import type { Identity } from "@gendan/security";
import type { Company } from "./company.js";
import { askAs, bearerOf, Client, companyInMemory, type Data } from "./spec.js";

const li: Identity = { user: "li", roles: ["manager"] };
const logistics: Identity = { user: "zhao", roles: ["logistics"], departments: ["cn"] };

let company: Company;
let url: string;
let client: Client;
const orders: string[] = [];
beforeAll(async () => {
  company = await companyInMemory();
  url = await company.listen({ port: 0, host: "127.0.0.1" });
  client = new Client(company, url);
  for (let index = 0; index < 3; index += 1) orders.push(await client.order());
  for (const each of orders) await client.confirm(each);
}, 60_000);
afterAll(() => company.stop());

const bearer = (who: Identity) => bearerOf(company, who);

/** The rows of an export, each by its headings. */
async function exported(list: string, lang = "en"): Promise<Record<string, string>[]> {
  const answer = await fetch(`${url}/export/${list}.csv?lang=${lang}`, {
    headers: { authorization: await bearer(li) },
  });
  const [heading = [], ...rows] = (await answer.text())
    .replace("\ufeff", "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(heading.map((name, at) => [name, row[at]!])));
}
const fileOf = (rows: readonly Record<string, string>[]): string =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((row) => `${row.join(",")}\r\n`).join("");

interface Result {
  readonly row: number;
  readonly id: string;
  readonly status: string;
  readonly commands: readonly string[];
  readonly amendment?: string;
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}
async function post(sheet: string, text: string, query = "", who = li) {
  const body = new FormData();
  body.append("file", new Blob([text], { type: "text/csv" }), "sheet.csv");
  const answer = await fetch(`${url}/sheets/${sheet}${query}`, {
    method: "POST",
    headers: { authorization: await bearer(who) },
    body,
  });
  const told = await answer.text();
  if (answer.status !== 200)
    return { status: answer.status, code: JSON.parse(told).errors[0].extensions.code as string, results: [], sum: {} };
  const lines = told
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Result);
  return {
    status: 200,
    code: undefined,
    results: lines.slice(0, -1),
    sum: lines.at(-1) as unknown as Record<string, unknown>,
  };
}
const order = async (id: string) =>
  (await askAs(company, li, "query ($id: ID!) { order(id: $id) { revision assignee department lines { schedules { promisedOn promises { reason askedBy } } } } }", { id }))["order"]; // prettier-ignore
const short = ({ status, commands, errors }: Result) => [status, [...commands], errors.map(({ code }) => code)];

test("what differs becomes commands; a dry run says so and changes nothing; a second upload changes nothing twice", async () => {
  const rows = await exported("orders", "zh");
  const [first, second, third] = orders.map((id) => rows.find((row) => row["内部标识"] === id)!);
  const edited = [{ ...first!, 负责人: "chen", 部门: "cn/west" }, { ...second!, 客户: "Another" }, third!];
  const file = fileOf(edited.map((row) => ({ ...row, 原因: "handover" })));
  const before = await order(orders[0]!);

  const dry = await post("orders", file);
  const expected = [
    ["accepted", ["assignOrder", "moveOrder"], []],
    ["refused", [], ["COLUMN_NOT_EDITABLE"]],
    ["unchanged", [], []],
  ];
  expect(dry.results.map(short)).toEqual(expected);
  expect(dry.sum).toEqual({ done: true, dryRun: true, rows: 3, accepted: 1, unchanged: 1, refused: 1 });
  expect(await order(orders[0]!)).toEqual(before);

  const done = await post("orders", file, "?dryRun=false");
  expect(done.results.map(short)).toEqual(expected);
  await company.settled();
  const after = await order(orders[0]!);
  expect(after).toMatchObject({ assignee: "chen", department: "cn/west" });

  const again = await post("orders", file, "?dryRun=false");
  expect(again.results.map(short)).toEqual([["unchanged", [], []], expected[1], expected[2]]);
  expect(await order(orders[0]!)).toEqual(after);
});

test("promises of several lines are changed with reason and who asked; one that is no day is refused by the order", async () => {
  const rows = (await exported("order-lines")).filter((row) => row["Id"] === orders[1] || row["Id"] === orders[2]);
  const edited = rows.map((row) => ({
    ...row,
    Promised: row["Id"] === orders[1] ? "2027/4/9" : "soon",
    "Asked by": "CUSTOMER",
  }));
  const { results } = await post("order-lines", fileOf(edited), "?dryRun=false&reason=material");
  const by = (id: string) => results.find((each) => each.id === id)!;
  expect(short(by(orders[1]!))).toEqual(["accepted", ["repromiseSchedule"], []]);
  expect(by(orders[2]!).status).toBe("refused");
  await company.settled();
  const [line] = (await order(orders[1]!)).lines;
  expect(line.schedules[0]).toMatchObject({ promisedOn: "2027-04-09" });
  expect(line.schedules[0].promises.at(-1)).toEqual({ reason: "material", askedBy: "CUSTOMER" });
});

test("a row that has changed since the export is refused, and so is one that names nothing, or the same twice", async () => {
  const rows = await exported("orders");
  const row = rows.find((each) => each["Id"] === orders[2])!;
  await client.send("li", "assignOrder", "revision", { orderId: orders[2], assignee: "sun" });
  const file = fileOf([
    { ...row, Assignee: "wu" },
    { ...row, Assignee: "wu" },
    { ...row, Id: "" },
    { ...row, Id: newId() },
  ]);
  const { results } = await post("orders", file, "?dryRun=false");
  expect(results.map(({ errors }) => errors[0]?.code)).toEqual(["STALE_ROW", "ROW_TWICE", "ID_MISSING", "NOT_FOUND"]);
  expect((await order(orders[2]!)).assignee).toBe("sun");
});

/** Something happens once, right before a command of a sheet is carried out: after all that was looked at for it. */
function beforeCommand(number: number, happens: () => Promise<unknown>) {
  let commands = 0;
  const { answer } = CallersGraph.prototype;
  return jest.spyOn(CallersGraph.prototype, "answer").mockImplementation(async function (this: CallersGraph, ...asked) {
    if (asked[0].startsWith("mutation") && (commands += 1) === number) await happens();
    return answer.apply(this, asked);
  });
}

test("what somebody else changes in the same instant is not changed back: the row is stale", async () => {
  const row = (await exported("orders")).find((each) => each["Id"] === orders[0])!;
  const spy = beforeCommand(1, () =>
    client.send("li", "assignOrder", "revision", { orderId: orders[0], assignee: "zhou" }),
  );
  const { results } = await post("orders", fileOf([{ ...row, Assignee: "wu" }]), "?dryRun=false");
  spy.mockRestore();
  const [error] = results[0]!.errors;
  expect(error).toMatchObject({ code: "STALE_ROW", field: "revision" });
  expect(error!.message).toContain(`it was at ${row["Revision"]}, and is at ${Number(row["Revision"]) + 1}`);
  expect((await order(orders[0]!)).assignee).toBe("zhou");
});

test("nor between the commands of one order: what was done before stays, and is told", async () => {
  const row = (await exported("orders")).find((each) => each["Id"] === orders[0])!;
  const spy = beforeCommand(2, () =>
    client.send("li", "assignOrder", "revision", { orderId: orders[0], assignee: "sun" }),
  );
  const edited = { ...row, Assignee: "wu", Department: "cn/north", Reason: "handover" };
  const { results } = await post("orders", fileOf([edited]), "?dryRun=false");
  spy.mockRestore();
  expect(results.map(short)).toEqual([["refused", ["assignOrder"], ["STALE_ROW"]]]);
  expect(await order(orders[0]!)).toMatchObject({ assignee: "sun", department: row["Department"] });
});

test("the rows of one order do not make each other stale, wherever they stand in the sheet", async () => {
  const day = (index: number) => `2027-05-${10 + index}`;
  const two = [1, 2, 3].map((quantity) => ({ sku: `S${quantity}`, quantity: `${quantity}`, unitPrice: { minor: "100", currency: "EUR" }, requestedOn: "2027-03-01" })); // prettier-ignore
  const several = await client.order({ order: { lines: two } });
  await client.confirm(several);
  const rows = await exported("order-lines");
  const own = rows.filter((each) => each["Id"] === several);
  const other = rows.find((each) => each["Id"] === orders[2])!;
  const edited = [own[0]!, other, own[1]!, own[2]!].map((row, index) => ({ ...row, Promised: day(index) }));
  const { results } = await post("order-lines", fileOf(edited), "?dryRun=false&reason=material");
  expect(results.map(({ row }) => row)).toEqual([2, 3, 4, 5]);
  expect(results.map(short)).toEqual(Array.from({ length: 4 }, () => ["accepted", ["repromiseSchedule"], []]));
  await company.settled();
  const promised = (await order(several)).lines.map((line: Data) => line["schedules"][0].promisedOn);
  expect(promised).toEqual([day(0), day(2), day(3)]);
  // The same file again: what is as it says already is left alone.
  const again = await post("order-lines", fileOf(edited), "?dryRun=false&reason=material");
  expect(again.results.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => "unchanged"));
});

describe("quantities, prices and requested days of order-lines", () => {
  const eur = (minor: number) => ({ minor: `${minor}`, currency: "EUR" });
  const two = {
    lines: [
      {
        ...{ sku: "A", unitPrice: eur(1999), packaging: "carton", unitCost: eur(900) },
        schedules: [
          { quantity: "4", requestedOn: "2027-03-01" },
          { quantity: "6", requestedOn: "2027-04-01" },
        ],
      },
      { sku: "B", quantity: "5", unitPrice: eur(500), requestedOn: "2027-03-01" },
    ],
  };
  const asked = `query ($id: ID!) { order(id: $id) { revision version lifecycle
    lines { quantity packaging unitPrice { minor } unitCost { minor } schedules { quantity requestedOn promisedOn } }
    corrections { changes { path } }
    amendments { amendmentId status reason askedBy changes { path from to } } } }`;
  const whole = async (id: string): Promise<Data> => (await askAs(company, li, asked, { id }))["order"] as Data;
  const rowsOf = async (id: string) => (await exported("order-lines")).filter((each) => each["Id"] === id);
  /** The rows of an order with some of their fields changed, by their places. */
  const edited = async (id: string, ...changes: readonly Record<string, string>[]) =>
    (await rowsOf(id)).map((row, index) => ({ ...row, ...changes[index] }));
  const send = async (rows: readonly Record<string, string>[], query = "?dryRun=false") =>
    (await post("order-lines", fileOf(rows), query)).results;
  const about = ({ errors }: Result) => errors.map(({ code, field }) => `${code} ${field}`);

  test("of an order that is not binding are corrected, all by one command; what the sheet does not say stays", async () => {
    const id = await client.order({ order: two });
    const before = await whole(id);
    const rows = await edited(
      id,
      { "Unit price": "20.5" },
      { Quantity: "7.50" },
      { Requested: "2027/5/2", Quantity: "6" },
    );
    const expected = rows.map(() => ["accepted", ["correctOrder"], []]);
    expect((await send(rows, "")).map(short)).toEqual(expected);
    expect(await whole(id)).toEqual(before);
    expect((await send(rows)).map(short)).toEqual(expected);
    const after = await whole(id);
    expect(after).toMatchObject({
      revision: String(Number(before["revision"]) + 1),
      lines: [
        {
          ...{ quantity: "11.5", packaging: "carton", unitPrice: { minor: "2050" }, unitCost: { minor: "900" } },
          schedules: [
            { quantity: "4", requestedOn: "2027-03-01" },
            { quantity: "7.5", requestedOn: "2027-04-01" },
          ],
        },
        { quantity: "6", unitPrice: { minor: "500" }, schedules: [{ quantity: "6", requestedOn: "2027-05-02" }] },
      ],
    });
    // The same file again changes nothing. It says VERIFIED, and the correction has taken that back.
    expect(after["lifecycle"]).toBe("RECEIVED");
    expect((await send(rows)).map(about)).toEqual(rows.map(() => ["STALE_ROW revision"]));
    expect((await whole(id))["revision"]).toBe(after["revision"]);
  });

  test("are taken for all rows of an order or for none; what is wrong is told at its row and column", async () => {
    const [id, other] = [await client.order({ order: two }), await client.order()];
    const before = await whole(id);
    const [one, second, third] = await edited(id, { Quantity: "0" }, {}, { "Unit price": "6" });
    const [apart] = await edited(other, { Quantity: "3" });
    const results = await send([one!, apart!, second!, third!]);
    expect(results.map(({ row }) => row)).toEqual([2, 3, 4, 5]);
    expect(results.map(about)).toEqual([
      ["QUANTITY_NOT_POSITIVE lines.schedules.quantity"],
      [],
      [],
      ["OTHER_ROW_REFUSED id"],
    ]);
    expect(results.map(({ status }) => status)).toEqual(["refused", "accepted", "unchanged", "refused"]);
    expect(results[0]!.errors[0]!.message).toMatch(/^Quantity: a quantity above nothing/);
    expect(results[3]!.errors[0]!.message).toContain("Row 2 ");
    expect(await whole(id)).toEqual(before);
    expect((await whole(other))["lines"][0].quantity).toBe("3");

    const refusals = async (...changes: readonly Record<string, string>[]) =>
      (await send(await edited(id, ...changes))).map(about);
    const no = "OTHER_ROW_REFUSED id";
    const price = "lines.unitPrice";
    expect(await refusals({ "Unit price": "20.505" }, {}, { Quantity: "6" })).toEqual([
      [`VALUE_INVALID ${price}`],
      [],
      [no],
    ]);
    expect(await refusals({ "Unit price": "20" }, { "Unit price": "21" })).toEqual([
      [no],
      [`ROWS_CONTRADICT ${price}`],
      [],
    ]);
    expect(await refusals({ Quantity: "5" }, {}, { Item: "C" })).toEqual([[no], [], ["COLUMN_NOT_EDITABLE lines.sku"]]);
    expect(await refusals({ Quantity: "" }, {}, { Requested: "2027-05-01" })).toEqual([["VALUE_MISSING lines.schedules.quantity"], [], [no]]); // prettier-ignore
    expect(await refusals({ Requested: "soon" })).toEqual([["DATE_INVALID lines.schedules.requestedOn"], [], []]);
    expect(await refusals({ Revision: "0", Quantity: "5" }, {}, { Quantity: "6" })).toEqual([["STALE_ROW revision"], [], [no]]); // prettier-ignore
    expect(await whole(id)).toEqual(before);
  });

  test("that another system owns are refused with its name, in the language of who sent them", async () => {
    const ownership = {
      systems: [{ system: "ERP", accounts: ["erp-feed"], fields: ["lines.unitPrice", "lines.schedules.quantity"] }],
    };
    await client.send("li", "setOrderRules", "revision", { kind: "ownership", rules: ownership });
    const id = await client.order({ order: { ...two, references: [{ system: "ERP", number: newId() }] } });
    const results = await send(await edited(id, {}, { Quantity: "9" }, { "Unit price": "7" }), "?dryRun=false&lang=zh");
    expect(results.map(about)).toEqual([[], ["FIELD_OWNED lines.schedules.quantity"], ["FIELD_OWNED lines.unitPrice"]]);
    expect(results[2]!.errors[0]!.message).toMatch(/^单价 由 ERP 管理/);
    await client.send("li", "setOrderRules", "revision", { kind: "ownership", rules: { systems: [] } });
  });

  test("of a binding order are proposed, all by one amendment, with the sheet's reason; a promised day is told anew beside it", async () => {
    const id = await client.order({ order: two });
    await client.confirm(id);
    const before = await whole(id);
    const changes = [{ "Unit price": "20" }, { Quantity: "5", Promised: "2027-04-20" }, { Requested: "2027-03-05" }];
    const rows = await edited(id, ...changes);
    const lacking = await send(rows);
    expect(lacking.map(about)).toEqual(rows.map(() => ["TEXT_MISSING reason"]));
    expect(lacking[0]!.errors[0]!.message).toMatch(/^Reason: /);
    expect(await whole(id)).toEqual(before);

    const query = "?dryRun=false&reason=less-needed&askedBy=CUSTOMER";
    const expected = [
      ["accepted", ["proposeAmendment"], []],
      ["accepted", ["proposeAmendment", "repromiseSchedule"], []],
      ["accepted", ["proposeAmendment"], []],
    ];
    const dry = await send(rows, query.replace("false", "true"));
    expect(dry.map(short)).toEqual(expected);
    expect(await whole(id)).toEqual(before);
    const results = await send(rows, query);
    expect(results.map(short)).toEqual(expected);
    const after = await whole(id);
    const { amendmentId } = after["amendments"][0];
    expect(results.map(({ amendment }) => amendment)).toEqual(rows.map(() => amendmentId));
    expect(after["amendments"]).toEqual([
      {
        ...{ amendmentId, status: "PROPOSED", reason: "less-needed", askedBy: "CUSTOMER" },
        changes: expect.arrayContaining([
          { path: "lines.1.unitPrice", from: "1999 EUR", to: "2000 EUR" },
          { path: "lines.1.schedules.2.quantity", from: "6", to: "5" },
          { path: "lines.2.schedules.1.requestedOn", from: "2027-03-01", to: "2027-03-05" },
        ]),
      },
    ]);
    expect(after["lines"][0]).toMatchObject({ quantity: "10", unitPrice: { minor: "1999" } });
    expect(after["lines"][0].schedules[1].promisedOn).toBe("2027-04-20");

    // The same file again is the same proposal; another one is refused while that is open.
    expect((await send(rows, query)).map(short)).toEqual(rows.map(() => ["unchanged", [], []]));
    expect((await whole(id))["amendments"]).toHaveLength(1);
    const open = await send(await edited(id, {}, {}, { Quantity: "1" }), query);
    expect(open.map(about)).toEqual([[], [], ["AMENDMENT_OPEN null"]]);
  });

  test("reasons of one amendment agree, and who gives none of their own takes the others'", async () => {
    const id = await client.order({ order: two });
    await client.confirm(id);
    const rows = await edited(id, { Quantity: "3" }, { Quantity: "7" }, { Quantity: "4" });
    const saying = (...reasons: readonly string[]) => rows.map((row, index) => ({ ...row, Reason: reasons[index]! }));
    expect((await send(saying("a", "", "b"))).map(about)).toEqual([["OTHER_ROW_REFUSED id"], ["OTHER_ROW_REFUSED id"], ["ROWS_CONTRADICT reason"]]); // prettier-ignore
    expect((await send(saying("", "stock", ""))).map(about)).toEqual([[], [], []]);
    expect((await whole(id))["amendments"]).toMatchObject([{ reason: "stock", askedBy: "US" }]);
  });

  test("are not changed behind the back of who was there in the same instant", async () => {
    const id = await client.order({ order: two });
    const mend = () => client.send("li", "correctOrder", "revision", { orderId: id, changedLines: [{ lineId: "2", quantity: "8" }] }); // prettier-ignore
    const spy = beforeCommand(1, mend);
    const results = await send(await edited(id, { Quantity: "3" }, {}, { "Unit price": "6" }));
    spy.mockRestore();
    expect(results.map(about)).toEqual([["STALE_ROW revision"], [], ["STALE_ROW revision"]]);
    expect((await whole(id))["lines"]).toMatchObject([
      { quantity: "10" },
      { quantity: "8", unitPrice: { minor: "500" } },
    ]);
  });
});

test("each row is who sent it: what they may not, they may not here", async () => {
  const row = (await exported("orders")).find((each) => each["Id"] === orders[1])!;
  const masked = Object.fromEntries(Object.entries(row).filter(([name]) => !/Amount|Freight|Total|Payment/.test(name)));
  const { results } = await post("orders", fileOf([{ ...masked, Assignee: "wu" }]), "?dryRun=false", logistics);
  expect(results.map(short)).toEqual([["refused", [], ["COMMAND_NOT_GRANTED"]]]);
  const stranger = await post("orders", fileOf([{ ...row, Assignee: "wu" }]), "", {
    ...li,
    user: "wu",
    departments: ["us"],
  });
  expect(stranger.results.map(short)).toEqual([["refused", [], ["NOT_FOUND"]]]);
});

test("what is no sheet is refused as a whole", async () => {
  expect(await post("secrets", "Id,Revision\r\n")).toMatchObject({ status: 404, code: "NOT_FOUND" });
  expect(await post("orders", "Id,Revision,Colour\r\n")).toMatchObject({ status: 400, code: "SHEET_COLUMN" });
  expect(await post("orders", "Id\u0000")).toMatchObject({ status: 415, code: "NO_TABLE" });
});

test("who stops reading stops the work", async () => {
  const row = (await exported("orders")).find((each) => each["Id"] === orders[1])!;
  const rows = Array.from({ length: 9_000 }, () => ({ ...row, Id: newId() }));
  const body = new FormData();
  body.append("file", new Blob([fileOf(rows)], { type: "text/csv" }), "sheet.csv");
  const stop = new AbortController();
  const answer = await fetch(`${url}/sheets/orders`, {
    method: "POST",
    headers: { authorization: await bearer(li) },
    body,
    signal: stop.signal,
  });
  const reader = answer.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('"row":2');
  stop.abort();
  await reader.read().catch(() => undefined);
  const began = performance.now();
  await company.settled();
  await company.gateway.close(); // waits for what is under way
  expect(performance.now() - began).toBeLessThan(5_000);
});
