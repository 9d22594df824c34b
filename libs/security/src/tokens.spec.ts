import { describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { CLOCK_SKEW_S, signToken, TokenVerifier } from "./tokens.js";

const secret = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
const start = Date.parse("2026-11-23T08:00:00Z");
const li = { user: "li", roles: ["sales"], departments: ["cn/east"] };

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

test("a token says who its bearer is", async () => {
  const verifier = new TokenVerifier(secret, () => start);
  expect(await verifier.verify(await headerOf())).toMatchObject({ ...li, tokens: ["d:cn/east", "u:li"] });
});

test("a token seen before is known at once", async () => {
  const verifier = new TokenVerifier(secret, () => start);
  const header = await headerOf();
  const first = verifier.verify(header);
  expect(first).toBeInstanceOf(Promise);
  const caller = await first;
  expect(verifier.verify(header)).toBe(caller);
});

describe("a token expires", () => {
  test("although it is known", async () => {
    let now = start;
    const verifier = new TokenVerifier(secret, () => now);
    const header = await headerOf("30m");
    await verifier.verify(header);
    now = start + (30 * 60 + CLOCK_SKEW_S) * 1_000 - 1;
    expect(verifier.verify(header)).toMatchObject(li);
    now += 1;
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:30:00.000Z"));
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:30:00.000Z"));
  });
});

describe("clocks that differ", () => {
  const at = (ms: number) => new TokenVerifier(secret, () => start + ms);
  const skewMs = CLOCK_SKEW_S * 1_000;
  const hourMs = 3_600_000;
  const valid = (claims: { readonly from: number; readonly to: number }) =>
    new SignJWT({ roles: ["sales"], departments: ["cn/east"] })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("li")
      .setIssuer("gendan")
      .setAudience("gendan")
      .setNotBefore(new Date(start + claims.from))
      .setExpirationTime(new Date(start + claims.to))
      .sign(secret)
      .then((token) => `Bearer ${token}`);

  test("by little do no harm", async () => {
    expect(await at(0).verify(await valid({ from: skewMs, to: hourMs }))).toMatchObject(li);
    expect(await at(hourMs + skewMs - 1_000).verify(await valid({ from: 0, to: hourMs }))).toMatchObject(li);
  });
  test("by more are noticed", async () => {
    const early = await valid({ from: skewMs + 1_000, to: hourMs });
    expect(await refusal(at(0), early)).toMatchObject(unauthenticated("not issued by"));
    const late = await valid({ from: 0, to: hourMs });
    expect(await refusal(at(hourMs + skewMs), late)).toMatchObject(unauthenticated("expired at"));
  });
});

/** What a token says that is taken. */
const told = { issuer: "gendan", audience: "gendan", alg: "HS256", subject: "li" };

describe("who cannot prove who they are is refused with the way to a token", () => {
  const verifier = new TokenVerifier(secret, () => start);
  test.each([undefined, "", "Basic bGk6eA==", "Bearer ", "Bearer a b", `Bearer ${"x".repeat(9_000)}`])(
    "%s",
    async (header) => {
      expect(await refusal(verifier, header)).toMatchObject(unauthenticated("Authorization: Bearer <token>"));
    },
  );
  test("another secret's token", async () => {
    const other = new TextEncoder().encode("f".repeat(32));
    expect(await refusal(verifier, await headerOf("8h", other))).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token with no signature", async () => {
    const [, body] = (await headerOf()).split(".");
    const none = `Bearer ${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`;
    expect(await refusal(verifier, none)).toMatchObject(unauthenticated("not issued by"));
  });
  test.each([
    ["of another issuer", { issuer: "elsewhere" }],
    ["of no issuer", { issuer: undefined }],
    ["for another audience", { audience: "elsewhere" }],
    ["for no audience", { audience: undefined }],
    ["signed by another algorithm", { alg: "HS512" }],
    ["of nobody", { subject: undefined }],
  ] as const)("a token %s", async (_, differing) => {
    const { issuer, audience, alg, subject } = { ...told, ...differing };
    const token = new SignJWT({ roles: ["sales"], departments: [] })
      .setProtectedHeader({ alg })
      .setExpirationTime(new Date(start + 3_600_000));
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    if (subject !== undefined) token.setSubject(subject);
    const header = `Bearer ${await token.sign(new Uint8Array([...secret, ...secret]).subarray(0, alg === "HS512" ? 64 : 32))}`;
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token that was changed", async () => {
    const [head, , signature] = (await headerOf()).split(".");
    const claims = { sub: "li", iss: "gendan", aud: "gendan", exp: start, roles: ["admin"], departments: [] };
    const changed = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`;
    expect(await refusal(verifier, changed)).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token that never expires", async () => {
    const forever = await new SignJWT({ roles: ["admin"], departments: [] })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("li")
      .setIssuer("gendan")
      .setAudience("gendan")
      .sign(secret);
    expect(await refusal(verifier, `Bearer ${forever}`)).toMatchObject(unauthenticated("not issued by"));
  });
  test("a token of a role that there is no more", async () => {
    const token = await new SignJWT({ roles: ["boss"], departments: [] })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("li")
      .setIssuer("gendan")
      .setAudience("gendan")
      .setExpirationTime(new Date(start + 1_000))
      .sign(secret);
    expect(await refusal(verifier, `Bearer ${token}`)).toMatchObject(unauthenticated('"boss" is not a role'));
  });
});

test.each(["", "0h", "8", "8 months", "tomorrow"])("%j is no span of time", async (expiresIn) => {
  await expect(signToken(secret, { ...li, expiresIn })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
});
