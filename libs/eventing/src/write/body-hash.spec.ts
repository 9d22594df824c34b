import { expect, test } from "@jest/globals";
import { bodyHash } from "./body-hash.js";

test("the order of members and undefined ones do not matter; values and the order of lists do", () => {
  expect(bodyHash({ a: 1, b: [1, 2], c: undefined })).toBe(bodyHash({ b: [1, 2], a: 1 }));
  expect(bodyHash({ a: 1 })).not.toBe(bodyHash({ a: "1" }));
  expect(bodyHash({ b: [1, 2] })).not.toBe(bodyHash({ b: [2, 1] }));
  expect(bodyHash({ a: null })).not.toBe(bodyHash({}));
});

test("a sealed value counts by whom it is about and by its mac: sealing again is the same body", () => {
  const sealed = (ciphertext: string, mac: string) => ({ name: { subject: "c1", keyVersion: 1, ciphertext, mac } });
  expect(bodyHash(sealed("one", "m"))).toBe(bodyHash(sealed("two", "m")));
  expect(bodyHash(sealed("one", "m"))).not.toBe(bodyHash(sealed("one", "n")));
});
