import { describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { signToken, TokenVerifier } from "./tokens.js";

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
    now = start + 30 * 60_000 - 1;
    expect(verifier.verify(header)).toMatchObject(li);
    now += 1;
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:30:00.000Z"));
    expect(await refusal(verifier, header)).toMatchObject(unauthenticated("expired at 2026-11-23T08:30:00.000Z"));
  });
});

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
