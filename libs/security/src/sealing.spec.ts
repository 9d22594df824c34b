import { beforeEach, describe, expect, test } from "@jest/globals";
import { Fault } from "@gendan/eventing";
import type { Told } from "./audit/entry.js";
import { nameTag } from "./name-tag.js";
import { Sealer, unlessErased } from "./sealing.js";
import { digest, Keys } from "./spec.js";

const opener = { caller: { user: "li", roles: ["service"] }, correlation: "c-1", operation: "customers" };
let keys: Keys;
let sealer: Sealer;
let told: Told[];
beforeEach(() => {
  keys = new Keys();
  told = [];
  sealer = new Sealer(keys, { tell: async (entry) => void told.push(entry) });
});

test.each(["张三", "", "+86 138 0013 8000", "😀".repeat(5_000)])("what is sealed opens again", async (text) => {
  const sealed = await sealer.seal("p1", "name", text);
  expect(JSON.stringify(sealed)).not.toContain(text === "" ? "plaintext" : text);
  expect(Object.keys(sealed).sort()).toEqual(["ciphertext", "keyVersion", "mac", "subject"]);
  expect(await sealer.open([{ field: "name", sealed }], opener)).toEqual([text]);
});

test("many are sealed under one key, and what is absent stays so", async () => {
  const { name, phone } = await sealer.sealAll("p1", { name: "Li", phone: undefined });
  expect(phone).toBeUndefined();
  expect(await sealer.open([{ field: "name", sealed: name }], opener)).toEqual(["Li"]);
});

describe("a sealed value moved elsewhere does not open", () => {
  test("under another person", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    const moved = sealer.open([{ field: "name", sealed: { ...sealed, subject: "p2" } }], opener);
    await expect(moved).rejects.toMatchObject({ code: "SEALED_VALUE_DAMAGED", details: { subject: "p2" } });
  });
  test("in another field", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    await expect(sealer.open([{ field: "phone", sealed }], opener)).rejects.toMatchObject({
      code: "SEALED_VALUE_DAMAGED",
    });
  });
  test.each(["", "AAAA", "A".repeat(80)])("nor does a damaged one (%j)", async (ciphertext) => {
    const sealed = await sealer.seal("p1", "name", "Li");
    const damaged = sealer.open([{ field: "name", sealed: { ...sealed, ciphertext } }], opener);
    await expect(damaged).rejects.toMatchObject({ code: "SEALED_VALUE_DAMAGED" });
  });
});

describe("an opening is told of before the texts are given", () => {
  test("whose fields, by whom and how; never what they say, nor what did not open", async () => {
    const [li, wang, erased] = await Promise.all(
      ["p1", "p2", "p3"].map((id) => sealer.sealAll(id, { name: `Name of ${id}`, phone: "1" })),
    );
    await keys.erase("p3");
    const values = [li!, wang!, erased!].map(({ name }) => ({ field: "name", sealed: name }));
    await sealer.open([...values, { field: "phone", sealed: li!.phone }], opener);
    const opened = [
      { fields: ["name", "phone"], subjects: ["p1"] },
      { fields: ["name"], subjects: ["p2"] },
    ];
    const by = { user: "li", roles: ["service"], correlation: "c-1", operation: "customers" };
    expect(told).toEqual([{ kind: "opened", ...by, opened }]);
    await sealer.open([values[2]!], opener);
    expect(told).toHaveLength(1);
  });
  test("and where it cannot be told of, nothing is given", async () => {
    const fault = new Fault("AUDIT_UNAVAILABLE", "The disk is full.");
    const blind = new Sealer(keys, { tell: () => Promise.reject(fault) });
    const sealed = await blind.seal("p1", "name", "Li");
    await expect(blind.open([{ field: "name", sealed }], opener)).rejects.toBe(fault);
  });
});

describe("an erased person", () => {
  test("opens as null among the others, with one look at the key store", async () => {
    const li = await sealer.seal("p1", "name", "Li");
    const wang = await sealer.seal("p2", "name", "Wang");
    await keys.erase("p1");
    const opened = await sealer.open(
      [li, wang, li].map((sealed) => ({ field: "name", sealed })),
      opener,
    );
    expect(opened).toEqual([null, "Wang", null]);
    expect(keys.reads).toBe(1);
  });
  test("opens as null when an older key's value is asked for", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    expect(await sealer.open([{ field: "name", sealed: { ...sealed, keyVersion: 0 } }], opener)).toEqual([null]);
  });
  test("is not sealed for any more", async () => {
    await keys.erase("p1");
    await expect(sealer.seal("p1", "name", "Li")).rejects.toMatchObject({ code: "SUBJECT_ERASED" });
  });
  test("is a refusal to whoever wants to answer one, and every other fault stays a fault", async () => {
    await keys.erase("p1");
    expect(await unlessErased(() => sealer.seal("p1", "name", "Li"))).toEqual({
      code: "SUBJECT_ERASED",
      subject: "p1",
    });
    expect(await unlessErased(() => sealer.seal("p2", "name", "Li"))).toMatchObject({ subject: "p2" });
    const away = new Fault("KEY_STORE_UNAVAILABLE", "away");
    await expect(unlessErased(() => Promise.reject(away))).rejects.toBe(away);
  });
});

describe("macs", () => {
  const macOf = async (...what: Parameters<Sealer["seal"]>) => (await sealer.seal(...what)).mac;
  test("are equal for equal texts though each ciphertext differs", async () => {
    const [one, other] = [await sealer.seal("p1", "name", "Li"), await sealer.seal("p1", "name", "Li")];
    expect(one.mac).toBe(other.mac);
    expect(one.ciphertext).not.toBe(other.ciphertext);
  });
  test("differ by text, person and field", async () => {
    const macs = [
      await macOf("p1", "name", "Li"),
      await macOf("p1", "name", "Lī"),
      await macOf("p2", "name", "Li"),
      await macOf("p1", "phone", "Li"),
    ];
    expect(new Set(macs).size).toBe(4);
  });
});

describe("name tags", () => {
  const secret = digest("names");
  const tag = (text: string, kind = "name") => nameTag(secret, kind, text);
  test("are the same for every way of writing a name", () => {
    expect(tag("  ＬＩ   Wei\u3000")).toBe(tag("li wei"));
  });
  test("differ by name, kind and installation", () => {
    const tags = [tag("li wei"), tag("liwei"), tag("li wei", "phone"), nameTag(digest("other"), "name", "li wei")];
    expect(new Set(tags).size).toBe(4);
  });
});
