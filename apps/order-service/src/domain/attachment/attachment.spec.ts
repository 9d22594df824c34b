import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { CUSTOMER, li, ORDER } from "../order/spec.js";
import { attachmentDecider } from "./attachment.decider.js";

const given = specFor(attachmentDecider);
const by = { actor: li };
const OTHER_ORDER = ORDER.replace(/1$/, "9");
const name = (mac: string) => ({ subject: CUSTOMER, keyVersion: 1, ciphertext: "c", mac });
const file = {
  name: name("plan.pdf"),
  mediaType: "application/pdf",
  size: 7,
  sha256: "a".repeat(64),
  blob: `${ORDER}/${"a".repeat(64)}.pdf`,
};
const attach = { type: "AttachFile", again: false, orderId: ORDER, customerId: CUSTOMER, file, stored: true } as const;
const again = { ...attach, again: true } as const;
const filed = { type: "attachment.filed", orderId: ORDER, customerId: CUSTOMER, version: 1, file } as const;
const removed = { type: "attachment.removed", orderId: ORDER } as const;
const remove = { type: "RemoveAttachment", seen: true } as const;
const { customerId: _, ...unseen } = attach;

describe("a file", () => {
  test("is put to an order", () => given().when(attach, by).then(filed));
  test("needs its bytes", () =>
    given()
      .when({ ...attach, stored: false }, by)
      .refused("FILE_MISSING"));
  test("needs an order that the caller sees", () => {
    given().when(unseen, by).refused("ORDER_NOT_FOUND");
    given(filed)
      .when({ ...unseen, again: true }, by)
      .refused("ORDER_NOT_FOUND");
  });
  test("is not put under the id of another one", () => given(filed).when(attach, by).refused("ATTACHMENT_EXISTS"));
});

describe("the next version", () => {
  const next = { ...file, sha256: "b".repeat(64) };
  test("is numbered on", () =>
    given(filed)
      .when({ ...again, file: next }, by)
      .then({ ...filed, version: 2, file: next }));
  test("may be the same bytes under another name, or what there was before", () => {
    const renamed = { ...file, name: name("plan-2.pdf") };
    given(filed)
      .when({ ...again, file: renamed }, by)
      .then({ ...filed, version: 2, file: renamed });
    given(filed, { ...filed, version: 2, file: next })
      .when(again, by)
      .then({ ...filed, version: 3 });
  });
  test("of the same name and bytes is no other one", () => given(filed).when(again, by).unchanged());
  test("is of one that is there, and of this order", () => {
    given().when(again, by).refused("NOT_FOUND");
    given(filed)
      .when({ ...again, orderId: OTHER_ORDER }, by)
      .refused("NOT_FOUND");
  });
  test("is one of a hundred at most", () =>
    given({ ...filed, version: 100 })
      .when({ ...again, file: next }, by)
      .refused("TOO_MANY_VERSIONS"));
});

describe("removed", () => {
  test("once, by who sees the order", () => {
    given(filed).when(remove, by).then(removed);
    given(filed, removed).when(remove, by).unchanged();
    given(filed)
      .when({ ...remove, seen: false }, by)
      .refused("NOT_FOUND");
    given().when(remove, by).refused("NOT_FOUND");
  });
  test("it takes no further version", () => given(filed, removed).when(again, by).refused("ATTACHMENT_REMOVED"));
});
