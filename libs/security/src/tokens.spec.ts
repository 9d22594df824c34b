import { createHmac, createPublicKey } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { ownIssuer, ownPublicKey, signToken } from "./own-tokens.js";
import { Policy } from "./policy/policy.js";
import { defaultPolicy } from "./policy/read-policy.js";
import { signingKeyOf } from "./signing-key.js";
import { CLOCK_SKEW_S, TokenVerifier } from "./tokens.js";

const secret = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
const start = Date.parse("2026-11-23T08:00:00Z");
const li = { user: "li", roles: ["sales"], departments: ["cn/east"] };

const verifierAt = (now: () => number = () => start) => new TokenVerifier([ownIssuer(secret)], defaultPolicy, { now });
const headerOf = async (expiresIn = "8h", key = secret) =>
  `Bearer ${await signToken(key, { ...li, expiresIn }, new Date(start))}`;

/** Reads the token's refusal whether it is thrown at once or later. */
const refusal = async (verifier: TokenVerifier, header: string | undefined) => {
  try {
    return await verifier.verify(header);
  } catch (error) {
    return error;
  }
};
const unauthenticated = (message: string) => ({ code: "UNAUTHENTICATED", message: expect.stringContaining(message) });

test("a token says who its bearer is, and until when", async () => {
  expect(await verifierAt().verify(await headerOf())).toMatchObject({
    ...li,
    tokens: ["d:cn/east", "u:li"],
    expiresAt: start + (8 * 3_600 + CLOCK_SKEW_S) * 1_000,
  });
});

test("a token seen before is known at once, and is verified anew after ten minutes", async () => {
  let now = start;
  const verifier = verifierAt(() => now);
  const header = await headerOf();
  const first = verifier.verify(header);
  expect(first).toBeInstanceOf(Promise);
  const caller = await first;
  expect(verifier.verify(header)).toBe(caller);
  now += 600_000;
  expect(verifier.verify(header)).toBeInstanceOf(Promise);
});

describe("the key", () => {
  test("follows from the secret, and is another one for another purpose or secret", () => {
    const { jwk } = signingKeyOf(secret, "tokens");
    expect(jwk).toEqual(ownPublicKey(Uint8Array.from(secret)));
    const others = [signingKeyOf(secret, "else"), signingKeyOf(new TextEncoder().encode("f".repeat(32)), "tokens")];
    expect(new Set([jwk, ...others.map((other) => other.jwk)].map(({ kid }) => kid)).size).toBe(3);
  });
  test("is told with its thumbprint, and without what signs", async () => {
    const jwk = ownPublicKey(secret);
    expect(Object.keys(jwk).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    const { calculateJwkThumbprint } = await import("jose");
    expect(jwk.kid).toBe(await calculateJwkThumbprint({ ...jwk }));
    expect(createPublicKey({ key: { ...jwk }, format: "jwk" }).equals(signingKeyOf(secret, "tokens").publicKey)).toBe(
      true,
    );
  });
});

describe("a token expires", () => {
  test("although it is known", async () => {
    let now = start;
    const verifier = verifierAt(() => now);
    const header = await headerOf("9m");
    await verifier.verify(header);
    now = start + (9 * 60 + CLOCK_SKEW_S) * 1_000 - 1;
    expect(verifier.verify(header)).toMatchObject(li);
    now += 1;
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:09:00.000Z"));
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:09:00.000Z"));
  });
});

/** What a token says that is taken. */
const told = {
  issuer: "gendan",
  audience: "gendan",
  subject: "li",
  roles: ["sales"],
  departments: ["cn/east"] as unknown,
};
const { privateKey } = signingKeyOf(secret, "tokens");

function claimed(differing: Partial<Record<keyof typeof told, unknown>> = {}): SignJWT {
  const { issuer, audience, subject, roles, departments } = { ...told, ...differing } as Record<string, unknown>;
  const token = new SignJWT({ roles, departments }).setProtectedHeader({ alg: "ES256" });
  if (issuer !== undefined) token.setIssuer(issuer as string);
  if (audience !== undefined) token.setAudience(audience as string);
  if (subject !== undefined) token.setSubject(subject as string);
  return token;
}

describe("clocks that differ", () => {
  const at = (ms: number) => verifierAt(() => start + ms);
  const skewMs = CLOCK_SKEW_S * 1_000;
  const hourMs = 3_600_000;
  const valid = ({ from, to }: { readonly from: number; readonly to: number }) =>
    claimed()
      .setNotBefore(new Date(start + from))
      .setExpirationTime(new Date(start + to))
      .sign(privateKey)
      .then((token) => `Bearer ${token}`);

  test("by little do no harm", async () => {
    expect(await at(0).verify(await valid({ from: skewMs, to: hourMs }))).toMatchObject(li);
    expect(await at(hourMs + skewMs - 1_000).verify(await valid({ from: 0, to: hourMs }))).toMatchObject(li);
  });
  test("by more are noticed", async () => {
    const early = await valid({ from: skewMs + 1_000, to: hourMs });
    expect(await refusal(at(0), early)).toMatchObject(unauthenticated("not valid yet"));
    const late = await valid({ from: 0, to: hourMs });
    expect(await refusal(at(hourMs + skewMs), late)).toMatchObject(unauthenticated("expired at"));
  });
  test("by as much as the operator says", async () => {
    const verifier = new TokenVerifier([ownIssuer(secret)], defaultPolicy, {
      clockSkewS: 0,
      now: () => start + hourMs,
    });
    expect(await refusal(verifier, await valid({ from: 0, to: hourMs }))).toMatchObject(unauthenticated("expired at"));
  });
});

describe("who cannot prove who they are is refused with the way to a token", () => {
  const verifier = verifierAt();
  const bearing = async (token: SignJWT) =>
    `Bearer ${await token.setExpirationTime(new Date(start + 3_600_000)).sign(privateKey)}`;
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each([undefined, "", "Basic bGk6eA==", "Bearer ", "Bearer a b", `Bearer ${"x".repeat(9_000)}`])(
    "%s",
    async (header) => {
      expect(await refusal(verifier, header)).toMatchObject(unauthenticated("Authorization: Bearer <token>"));
    },
  );
  test.each(["Bearer x", "Bearer a.b.c", `Bearer ${"a.".repeat(400)}`])("%s, which is no token", async (header) => {
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("not issued by"));
  });
  test("another secret's token", async () => {
    const other = new TextEncoder().encode("f".repeat(32));
    expect(await refusal(verifier, await headerOf("8h", other))).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token with no signature", async () => {
    const [, body] = (await headerOf()).split(".");
    const none = `Bearer ${encoded({ alg: "none" })}.${body}.`;
    expect(await refusal(verifier, none)).toMatchObject(unauthenticated("not issued by"));
  });
  test.each([
    [
      "the public key",
      createPublicKey({ key: { ...ownPublicKey(secret) }, format: "jwk" }).export({ type: "spki", format: "pem" }),
    ],
    ["the secret itself", secret],
  ])("a token signed by HS256 with %s", async (_, key) => {
    const [, body] = (await headerOf()).split(".");
    const signed = `${encoded({ alg: "HS256" })}.${body}`;
    const header = `Bearer ${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("not issued by"));
  });
  test.each([
    ["of another issuer", { issuer: "elsewhere" }],
    ["of no issuer", { issuer: undefined }],
    ["for another audience", { audience: "elsewhere" }],
    ["for no audience", { audience: undefined }],
    ["of nobody", { subject: undefined }],
  ])("a token %s", async (_, differing) => {
    expect(await refusal(verifier, await bearing(claimed(differing)))).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token that was changed", async () => {
    const [head, , signature] = (await headerOf()).split(".");
    const claims = { sub: "li", iss: "gendan", aud: "gendan", exp: start, roles: ["admin"], departments: [] };
    expect(await refusal(verifier, `${head}.${encoded(claims)}.${signature}`)).toMatchObject(
      unauthenticated("not issued by"),
    );
  });
  test("a token that never expires", async () => {
    const forever = `Bearer ${await claimed().sign(privateKey)}`;
    expect(await refusal(verifier, forever)).toMatchObject(unauthenticated("not issued by"));
  });
  test.each([
    ["a role that there is no more", { roles: ["boss"] }, '"boss" is not a role'],
    ["no roles", { roles: undefined }, "no list of texts as roles"],
    ["roles that are no texts", { roles: [1] }, "no list of texts as roles"],
    ["departments that are no list", { departments: "cn" }, "no list of texts as departments"],
  ])("a token with %s", async (_, differing, message) => {
    expect(await refusal(verifier, await bearing(claimed(differing)))).toMatchObject(unauthenticated(message));
  });
});

test("a token of a department that the policy does not list says so, and the nearest", async () => {
  const departments = [{ path: "cn", en: "China", zh: "中国" }];
  const policy = new Policy({ version: 1, groups: {}, roles: {}, departments });
  const verifier = new TokenVerifier([ownIssuer(secret)], policy, { now: () => start });
  expect(await refusal(verifier, await headerOf())).toMatchObject({
    ...unauthenticated("cn (China, 中国) is the nearest"),
    details: { reason: "DEPARTMENT_UNKNOWN", department: "cn/east", nearest: "cn" },
  });
});

test.each(["", "0h", "8", "8 months", "tomorrow"])("%j is no span of time", async (expiresIn) => {
  await expect(signToken(secret, { ...li, expiresIn })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
});
