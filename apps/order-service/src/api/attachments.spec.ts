// Attachments as their callers find them: filed when the bytes are there, seen by who sees the order.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { newId } from "@gendan/eventing";
import type { Identity } from "@gendan/security";
import { blobKeyOf } from "@gendan/service-kit";
import { clearOrphans, ORPHAN_AGE_MS } from "../write/clear-orphans.js";
import { startOrders, type OrdersUnderTest } from "./spec.js";

const li: Identity = { user: "li", roles: ["merchandiser"], departments: ["cn/east"] };
const fritz: Identity = { user: "fritz", roles: ["merchandiser"], departments: ["de"] };
const customer: Identity = { user: "li", roles: ["customer"] };

type Node = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes
const attached = "id revision orderId versions { version name mediaType size sha256 filedBy } removedAt removedBy";

let orders: OrdersUnderTest;
let orderId: string;
const customerId = newId();
beforeAll(async () => {
  orders = await startOrders();
  const line = { sku: "A", quantity: "1", unitPrice: { minor: "1", currency: "CNY" }, requestedOn: "2026-03-20" };
  const input = { channel: "SALES", customerId, currency: "CNY", lines: [line] };
  const text =
    "mutation ($input: ReceiveOrderInput!) { receiveOrder(input: $input) { order { id } userErrors { code } } }";
  const data = await orders.data<Node>(li, text, { input: { commandId: newId(), ...input } });
  orderId = data["receiveOrder"].order.id as string;
});
afterAll(async () => {
  expect(orders.faults).toEqual([]);
  await orders.stop();
});

async function send(mutation: "attachFile" | "removeAttachment", input: object, as: Identity = li): Promise<Node> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { told: ${mutation}(input: $input) { attachment { ${attached} } revision replayed userErrors { code field message } } }`;
  return (await orders.data<Node>(as, text, { input: { commandId: newId(), ...input } }))["told"] as Node;
}

/** Puts the bytes there, as the gateway does. */
async function uploaded(content: string, of = orderId) {
  const bytes = Buffer.from(content);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { orderId: of, name: "合同 plan.pdf", mediaType: "application/pdf", size: bytes.length, sha256 };

  const source = {
    size: bytes.length,
    sha256,
    bytes: async function* () {
      yield bytes;
    },
  };
  await orders.blobs.put(blobKeyOf(file)!, source);
  return file;
}

const codes = ({ userErrors }: Node) => (userErrors as { code: string }[]).map(({ code }) => code);
const attachmentsOf = async (as: Identity): Promise<Node[]> =>
  (await orders.data<Node>(as, `query ($id: ID!) { order(id: $id) { attachments { ${attached} } } }`, { id: orderId }))["order"]?.attachments as Node[]; // prettier-ignore
const attachment = async (id: string, as: Identity = li): Promise<Node> =>
  (await orders.data<Node>(as, `query ($id: ID!) { attachment(id: $id) { ${attached} } }`, { id }))["attachment"] as Node; // prettier-ignore

describe("a file whose bytes are there", () => {
  test("is filed, then its next version, and is read with the order", async () => {
    const first = await uploaded("one");
    const told = await send("attachFile", first);
    expect(told["userErrors"]).toEqual([]);
    const { id } = told["attachment"] as Node;
    const second = await uploaded("two!");
    const again = await send("attachFile", { ...second, attachmentId: id });
    const { name, mediaType } = first;
    const expected = {
      id,
      revision: "1",
      orderId,
      versions: [
        { version: 1, name, mediaType, size: 3, sha256: first.sha256, filedBy: "li" },
        { version: 2, name, mediaType, size: 4, sha256: second.sha256, filedBy: "li" },
      ],
      removedAt: null,
      removedBy: null,
    };
    expect(again["attachment"]).toEqual(expected);
    expect(await attachmentsOf(li)).toEqual([expected]);
    expect(await attachment(id as string)).toEqual(expected);
  });

  test("is filed once however often it is sent", async () => {
    const file = { ...(await uploaded("three")), commandId: newId() };
    const first = await send("attachFile", file);
    const second = await send("attachFile", file);
    expect([first["replayed"], second["replayed"]]).toEqual([false, true]);
    expect(second["attachment"].id).toBe(first["attachment"].id);
  });

  test("is removed, and then only found by its id", async () => {
    const { attachment: filed } = await send("attachFile", await uploaded("four"));
    const told = await send("removeAttachment", { attachmentId: filed.id });
    expect(told["attachment"]).toMatchObject({ id: filed.id, removedBy: "li", removedAt: expect.any(String) });
    expect((await attachmentsOf(li)).map(({ id }) => id as string)).not.toContain(filed.id);
    expect(await attachment(filed.id as string)).toMatchObject({ removedBy: "li" });
  });
});

describe("is not taken", () => {
  test.each([
    ["bytes that nobody has uploaded", { sha256: "0".repeat(64) }, "FILE_MISSING"],
    ["another size than was uploaded", { size: 9 }, "FILE_MISSING"],
    ["another kind than was found", { mediaType: "image/png" }, "FILE_MISSING"],
    ["a kind that there is not", { mediaType: "application/x-msdownload" }, "FILE_MISSING"],
    ["a version of an attachment that is not there", { attachmentId: newId() }, "NOT_FOUND"],
  ])("%s", async (_, wrong, code) => {
    expect(codes(await send("attachFile", { ...(await uploaded("five")), ...wrong }))).toEqual([code]);
  });

  test("bytes of another order, by their hash", async () => {
    const file = await uploaded("six", newId());
    expect(codes(await send("attachFile", { ...file, orderId }))).toEqual(["FILE_MISSING"]);
  });

  test.each(["../plan.pdf", "a/b.pdf", "", " ", "a\u0000.pdf", "a\u202efdp.exe", "x".repeat(201)])(
    "a name like %j",
    async (name) => {
      const file = await uploaded("seven");
      const text = "mutation ($input: AttachFileInput!) { attachFile(input: $input) { revision } }";
      const { errors } = await orders.ask(li, text, { input: { commandId: newId(), ...file, name } });
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining("name"),
        extensions: { code: "BAD_USER_INPUT" },
      });
    },
  );
});

test("who does not see the order finds no attachment, and files none", async () => {
  const file = await uploaded("eight");
  const { attachment: filed } = await send("attachFile", file);
  expect(await attachment(filed.id as string, fritz)).toBeNull();
  expect(codes(await send("attachFile", file, fritz))).toEqual(["ORDER_NOT_FOUND"]);
  const unknown = { ...file, orderId: newId() };
  expect(codes(await send("attachFile", unknown, fritz))).toEqual(["ORDER_NOT_FOUND"]);
  expect(codes(await send("attachFile", { ...file, attachmentId: filed.id }, fritz))).toEqual(["ORDER_NOT_FOUND"]);
  expect(codes(await send("removeAttachment", { attachmentId: filed.id }, fritz))).toEqual(["NOT_FOUND"]);
  expect(codes(await send("removeAttachment", { attachmentId: newId() }, fritz))).toEqual(["NOT_FOUND"]);
  expect(await attachment(filed.id as string, customer)).toBeNull(); // attachments are internal
});

test("bytes that no attachment names are cleared, those of attachments stay", async () => {
  const keysOf = async () => {
    const keys: string[] = [];
    for await (const { key } of orders.blobs.list()) keys.push(key);
    return keys;
  };
  const filed = await uploaded("needed");
  await send("attachFile", filed);
  const removed = await uploaded("needed no more");
  const { attachment: gone } = await send("attachFile", removed);
  await send("removeAttachment", { attachmentId: gone.id });
  const orphan = await uploaded("never filed");
  const documents = orders.service.documents("attachments");
  const parts = { blobs: orders.blobs, keys: orders.keys, documents };
  expect(await clearOrphans(parts, Date.now())).toBe(0); // a day has not passed
  expect(await clearOrphans(parts, Date.now() + ORPHAN_AGE_MS)).toBeGreaterThanOrEqual(2);
  const kept = await keysOf();
  expect(kept).toContain(blobKeyOf(filed));
  for (const each of [removed, orphan]) expect(kept).not.toContain(blobKeyOf(each));
});

test("a name is its customer's: erased, it is gone, and no further file is filed for them", async () => {
  const { attachment: filed } = await send("attachFile", await uploaded("nine"));
  await orders.keys.erase(customerId, "2026-03-02T08:00:00.000Z");
  expect((await attachment(filed.id as string))["versions"]).toMatchObject([{ name: null, size: 4 }]);
  expect(codes(await send("attachFile", await uploaded("ten")))).toEqual(["SUBJECT_ERASED"]);
});
