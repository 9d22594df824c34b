// Files of an order, from a form to the disk and back: what is taken, what is not, and what hostile clients leave behind.
import { createHash, randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { baseConfig, readConfig } from "@gendan/service-kit";
import { eventually } from "@gendan/testing";
import type { Company } from "./company.js";
import { bearerOf, Client, companyInMemory } from "./spec.js";

const li: Identity = { user: "li", roles: ["manager"] };
const MOST = 200_000;

let company: Company;
let url: string;
let orderId: string;
beforeAll(async () => {
  company = await companyInMemory({ config: { ...readConfig(baseConfig, {}), fileBytes: MOST } });
  url = await company.listen({ port: 0, host: "127.0.0.1" });
  orderId = await new Client(company, url).order();
}, 60_000);
afterAll(() => company.stop());

const bearer = (who: Identity) => bearerOf(company, who);
const pdf = (content: string | Buffer) => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.from(content)]);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

interface Sent {
  readonly name?: string;
  readonly type?: string;
  readonly query?: string;
  readonly who?: Identity;
}
async function post(bytes: Buffer, { name = "plan.pdf", type = "application/pdf", query = "", who = li }: Sent = {}) {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
  const headers = { authorization: await bearer(who) };
  const answer = await fetch(`${url}/attachments?order=${orderId}${query}`, { method: "POST", headers, body: form });
  const told = (await answer.json()) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
  return { status: answer.status, told, code: told["errors"]?.[0].extensions.code as string | undefined };
}
async function get(path: string, who: Identity = li, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/attachments/${path}`, {
    headers: { authorization: await bearer(who), ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
async function kept(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of company.blobs.list()) keys.push(key);
  return keys;
}
const uploads = () => readdirSync(tmpdir()).filter((name) => name.startsWith("gendan-upload-"));

describe("a file", () => {
  test("comes back as it was sent, each version for itself", async () => {
    const [one, two] = [pdf(randomBytes(150_000)), pdf("two")];
    const first = await post(one, { name: "合同 1.pdf" });
    expect(first.status).toBe(201);
    const { id, versions } = first.told["attachment"];
    expect(versions).toMatchObject([
      { version: 1, name: "合同 1.pdf", size: one.length, sha256: sha256(one), filedBy: "li" },
    ]);
    const second = await post(two, { query: `&attachment=${id}` });
    expect(second.told["attachment"].versions).toHaveLength(2);
    expect((await get(`${id}/1`)).bytes).toEqual(one);
    const newest = await get(id as string);
    expect(newest.bytes).toEqual(two);
    expect(newest.headers.get("content-type")).toBe("application/pdf");
    expect(newest.headers.get("content-disposition")).toBe(
      `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
    );
    expect((await get(`${id}/1`)).headers.get("content-disposition")).toContain(
      "filename*=UTF-8''%E5%90%88%E5%90%8C%201.pdf",
    );
    expect(newest.headers.get("x-content-type-options")).toBe("nosniff");
    const tag = newest.headers.get("etag")!;
    expect((await get(id as string, li, { "if-none-match": tag })).status).toBe(304);
    expect((await get(`${id}/3`)).status).toBe(404);
  });

  test("sent again under its command's id is filed once", async () => {
    const query = `&commandId=${newId()}`;
    const [first, again] = [await post(pdf("once"), { query }), await post(pdf("once"), { query })];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.told["attachment"].id).toBe(first.told["attachment"].id);
  });

  test("that was removed is found no more", async () => {
    const { id } = (await post(pdf("removed"))).told["attachment"];
    await new Client(company, url).send("li", "removeAttachment", "revision", { attachmentId: id });
    expect((await get(id as string)).status).toBe(404);
  });
});

describe("is not taken, and nothing of it is kept:", () => {
  const cases: readonly [string, Buffer, Sent, number, string][] = [
    ["another kind than is declared", pdf("x"), { type: "image/png" }, 415, "FILE_TYPE_DIFFERS"],
    ["another kind than the name says", pdf("x"), { name: "x.png", type: "" }, 415, "FILE_TYPE_DIFFERS"],
    ["a program under a harmless name", Buffer.from("MZ\u0090\0\u0003"), {}, 415, "FILE_TYPE"],
    ["nothing at all", Buffer.alloc(0), {}, 400, "FILE_EMPTY"],
    ["more than is taken", pdf(randomBytes(MOST)), {}, 413, "FILE_TOO_LARGE"],
    ["by who may not", pdf("x"), { who: { user: "aud", roles: ["auditor"], departments: ["cn"] } }, 403, "FORBIDDEN"],
    ["of an order out of scope", pdf("x"), { who: { ...li, user: "wu", departments: ["us"] } }, 404, "ORDER_NOT_FOUND"],
  ];
  test.each(cases)("%s", async (_, bytes, sent, status, code) => {
    const before = await kept();
    const answer = await post(bytes, sent);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(await kept()).toEqual(before);
    await eventually(() => uploads().length === 0);
  });

  test("what is no form, and a form without a file", async () => {
    const headers = { authorization: await bearer(li) };
    const send = async (body: string | FormData, more: object = {}) =>
      (await fetch(`${url}/attachments?order=${orderId}`, { method: "POST", headers: { ...headers, ...more }, body }))
        .status;
    expect(await send("{}", { "content-type": "application/json" })).toBe(415);
    const form = new FormData();
    form.append("file", "text");
    expect(await send(form)).toBe(400);
  });
});

test("an attachment of an order out of scope is what never was", async () => {
  const { id } = (await post(pdf("hidden"))).told["attachment"];
  const stranger: Identity = { ...li, user: "wu", departments: ["us"] };
  const [hidden, absent] = [await get(id as string, stranger), await get(newId(), stranger)];
  expect([hidden.status, absent.status]).toEqual([404, 404]);
  const text = (bytes: Buffer) => bytes.toString().replaceAll(/[0-9a-f-]{36}/g, "ID");
  expect(text(hidden.bytes)).toBe(text(absent.bytes));
});

test("a client that goes away on the way leaves nothing", async () => {
  const before = await kept();
  const authorization = await bearer(li);
  const { port, hostname } = new URL(url);
  for (const part of [0, 10, 60_000]) {
    const socket = connect(Number(port), hostname);
    const head = `POST /attachments?order=${orderId} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 190000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n`;
    socket.write(`${head}--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`);
    socket.write(Buffer.alloc(part, "x"));
    if (part > 0) await eventually(() => uploads().length > 0);
    socket.destroy();
    await eventually(() => uploads().length === 0);
  }
  expect(await kept()).toEqual(before);
  expect((await post(pdf("after"))).status).toBe(201);
});
