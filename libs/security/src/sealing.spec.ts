import { beforeEach, describe, expect, test } from "@jest/globals";
import { Fault } from "@gendan/eventing";
import { nameTag } from "./name-tag.js";
import { Sealer, unlessErased } from "./sealing.js";
import { digest, Keys } from "./spec.js";

let keys: Keys;
let sealer: Sealer;
beforeEach(() => {
  keys = new Keys();
  sealer = new Sealer(keys);
});

test.each(["张三", "", "+86 138 0013 8000", "😀".repeat(5_000)])("what is sealed opens again", async (text) => {
  const sealed = await sealer.seal("p1", "name", text);
  expect(JSON.stringify(sealed)).not.toContain(text === "" ? "plaintext" : text);
  expect(Object.keys(sealed).sort()).toEqual(["ciphertext", "keyVersion", "mac", "subject"]);
  expect(await sealer.open([{ field: "name", sealed }])).toEqual([text]);
});

test("many are sealed under one key, and what is absent stays so", async () => {
  const { name, phone } = await sealer.sealAll("p1", { name: "Li", phone: undefined });
  expect(phone).toBeUndefined();
  expect(await sealer.open([{ field: "name", sealed: name }])).toEqual(["Li"]);
});

describe("a sealed value moved elsewhere does not open", () => {
  test("under another person", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    const moved = sealer.open([{ field: "name", sealed: { ...sealed, subject: "p2" } }]);
    await expect(moved).rejects.toMatchObject({ code: "SEALED_VALUE_DAMAGED", details: { subject: "p2" } });
  });
  test("in another field", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    await expect(sealer.open([{ field: "phone", sealed }])).rejects.toMatchObject({ code: "SEALED_VALUE_DAMAGED" });
  });
  test.each(["", "AAAA", "A".repeat(80)])("nor does a damaged one (%j)", async (ciphertext) => {
    const sealed = await sealer.seal("p1", "name", "Li");
    const damaged = sealer.open([{ field: "name", sealed: { ...sealed, ciphertext } }]);
    await expect(damaged).rejects.toMatchObject({ code: "SEALED_VALUE_DAMAGED" });
  });
});

describe("an erased person", () => {
  test("opens as null among the others, with one look at the key store", async () => {
    const li = await sealer.seal("p1", "name", "Li");
    const wang = await sealer.seal("p2", "name", "Wang");
    await keys.erase("p1");
    const opened = await sealer.open([li, wang, li].map((sealed) => ({ field: "name", sealed })));
    expect(opened).toEqual([null, "Wang", null]);
    expect(keys.reads).toBe(1);
  });
  test("opens as null when an older key's value is asked for", async () => {
    const sealed = await sealer.seal("p1", "name", "Li");
    expect(await sealer.open([{ field: "name", sealed: { ...sealed, keyVersion: 0 } }])).toEqual([null]);
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
