import { describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { callerOf } from "./caller.js";
import { IDENTITY_VALID_S, IdentitySigner, IdentityVerifier } from "./identity.js";
import { signToken } from "./own-tokens.js";
import { defaultPolicy } from "./policy/read-policy.js";
import { signingKeyOf } from "./signing-key.js";
import { CLOCK_SKEW_S } from "./tokens.js";

const secret = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
const start = Date.parse("2026-11-23T08:00:00Z");
const li = callerOf({ user: "li", roles: ["sales"], departments: ["cn/east"] }, defaultPolicy);
const secondsLater = (seconds: number) => () => start + seconds * 1_000;

const headerOf = (caller = li, key = secret) => new IdentitySigner(key, () => start).headerOf(caller);
const verifierAt = (now = () => start) => new IdentityVerifier(secret, defaultPolicy, CLOCK_SKEW_S, now);
const refusal = async (header: string | undefined, verifier = verifierAt()) => {
  try {
    return await verifier.verify(header);
  } catch (error) {
    return error;
  }
};
const untrusted = (reason: string) => ({ code: "UNAUTHENTICATED", message: expect.stringContaining(reason) });

test.each([
  li,
  callerOf({ user: "boss", roles: ["manager", "admin"] }, defaultPolicy),
  callerOf({ user: "钱", roles: ["auditor"] }, defaultPolicy),
])("a service knows $user as the gateway does", async (caller) => {
  expect(await verifierAt().verify(await headerOf(caller))).toEqual(caller);
});

test("is signed once for a caller, and anew after half of its time", async () => {
  let now = start;
  const signer = new IdentitySigner(secret, () => now);
  const first = await signer.headerOf(li);
  now += (IDENTITY_VALID_S / 2) * 1_000 - 1;
  expect(signer.headerOf(li)).toBe(signer.headerOf(li));
  expect(await signer.headerOf(li)).toBe(first);
  now += 1;
  expect(await signer.headerOf(li)).not.toBe(first);
});

test("is known at once the second time, until it expires", async () => {
  let now = start;
  const verifier = verifierAt(() => now);
  const header = await headerOf();
  const caller = await verifier.verify(header);
  now += (IDENTITY_VALID_S + CLOCK_SKEW_S) * 1_000 - 1;
  expect(verifier.verify(header)).toBe(caller);
  now += 1;
  expect(await refusal(header, verifier)).toMatchObject(untrusted("expired"));
});

test("does not outlive the token", async () => {
  const header = await headerOf({ ...li, expiresAt: start + 10_000 });
  expect(await refusal(header, verifierAt(secondsLater(10 + CLOCK_SKEW_S - 1)))).toEqual(li);
  expect(await refusal(header, verifierAt(secondsLater(10 + CLOCK_SKEW_S)))).toMatchObject(untrusted("expired"));
});

describe("a service trusts nothing else", () => {
  test("not a user's token, whatever it is called", async () => {
    const token = await signToken(secret, { user: "li", roles: ["admin"], expiresIn: "8h" }, new Date(start));
    expect(await refusal(`Bearer ${token}`)).toMatchObject(untrusted("a token is for the gateway"));
    expect(await refusal(`Identity ${token}`)).toMatchObject(untrusted("another installation"));
  });
  test.each([undefined, "", "Identity", "Identity ", "Identity a.b.c", `identity x`])("not %j", async (header) => {
    expect(await refusal(header)).toMatchObject({ code: "UNAUTHENTICATED" });
  });
  test("not another installation's gateway", async () => {
    const other = new TextEncoder().encode("f".repeat(32));
    expect(await refusal(await headerOf(li, other))).toMatchObject(untrusted("another installation"));
  });
  test("not what was changed", async () => {
    const [head, , signature] = (await headerOf()).split(".");
    const claims = {
      sub: "li",
      roles: ["admin"],
      departments: [""],
      iss: "gendan-gateway",
      aud: "gendan-services",
      exp: start,
    };
    const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(await refusal(`${head}.${body}.${signature}`)).toMatchObject(untrusted("another installation"));
  });

  const { privateKey } = signingKeyOf(secret, "identities");
  const good = {
    sub: "li",
    roles: ["sales"],
    departments: [],
    iss: "gendan-gateway",
    aud: "gendan-services",
    exp: start / 1_000 + 60,
  };
  const signed = async (claims: object, typ = "gendan-identity+jwt", key = privateKey) =>
    `Identity ${await new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: "ES256", typ }).sign(key)}`;
  test("(and would take this)", async () => {
    expect(await refusal(await signed({}))).toMatchObject({ user: "li" });
  });
  test.each([
    ["of another gateway", { iss: "gendan" }],
    ["for others", { aud: "gendan" }],
    ["that never ends", { exp: undefined }],
    ["of nobody", { sub: undefined }],
    ["without roles", { roles: [] }],
    ["with roles of another form", { roles: "admin" }],
  ])("not one %s", async (_, claims) => {
    expect(await refusal(await signed(claims))).toMatchObject({ code: "UNAUTHENTICATED" });
  });
  test("not one of another kind, or by the key of tokens", async () => {
    expect(await refusal(await signed({}, "JWT"))).toMatchObject({ code: "UNAUTHENTICATED" });
    const ofTokens = signingKeyOf(secret, "tokens").privateKey;
    expect(await refusal(await signed({}, "gendan-identity+jwt", ofTokens))).toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
