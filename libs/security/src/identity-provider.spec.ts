// Tokens of an identity provider, against a small one on this machine.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { eventually } from "@gendan/testing";
import {
  isGuarded,
  KEYS_FRESH_MS,
  LOOK_UP_PAUSE_MS,
  oidcIssuer,
  RETRY_PAUSE_MS,
  type IdentityProvider,
} from "./identity-provider.js";
import { ownIssuer, signToken } from "./own-tokens.js";
import { defaultPolicy } from "./policy/read-policy.js";
import { CLOCK_SKEW_S, TokenVerifier } from "./tokens.js";

interface Pair {
  readonly kid: string;
  readonly alg: "RS256" | "ES256";
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}
const pairOf = async (kid: string, alg: Pair["alg"]): Promise<Pair> => ({ kid, alg, ...(await generateKeyPair(alg)) });
const [rsa, curve, newer] = await Promise.all([
  pairOf("rsa-1", "RS256"),
  pairOf("ec-1", "ES256"),
  pairOf("rsa-2", "RS256"),
]);

/** Publishes keys, and counts who asks for them. */
class Provider {
  keys: readonly Pair[] = [rsa, curve];
  /** What it answers instead. */
  fault: "down" | "garbage" | undefined;
  asked: string[] = [];
  issuer = "";
  named: string | undefined;
  jwksUrl: string | undefined;
  private readonly server = createServer((request, response) => {
    this.asked.push(request.url!);
    if (this.fault === "down") return void response.writeHead(503).end();
    if (this.fault === "garbage") return void response.end('{"keys": 7}');
    void this.answer(request.url!).then((body) => response.end(JSON.stringify(body)));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.issuer = `http://127.0.0.1:${(this.server.address() as { port: number }).port}/realms/company`;
  }
  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
  private async answer(url: string): Promise<object> {
    if (url.endsWith("openid-configuration"))
      return { issuer: this.named ?? this.issuer, jwks_uri: this.jwksUrl ?? `${this.issuer}/keys` };
    const keys = this.keys.map(async ({ kid, alg, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg,
      use: "sig",
    }));
    return { keys: await Promise.all(keys) };
  }
}

let provider: Provider;
let now: number;
let verifier: TokenVerifier;
const reported: unknown[] = [];

const open = (of: Partial<IdentityProvider> = {}) => {
  const claims = { userClaim: "sub", rolesClaim: "roles", departmentsClaim: "departments" };
  const issuer = oidcIssuer(
    { issuer: provider.issuer, audience: "gendan-prod", ...claims, ...of },
    { report: (error) => void reported.push(error), now: () => now },
  );
  return new TokenVerifier([issuer], defaultPolicy, { now: () => now });
};
beforeEach(async () => {
  provider = new Provider();
  await provider.start();
  reported.length = 0;
  now = Date.parse("2026-11-23T08:00:00Z");
  verifier = open();
});
afterEach(() => provider.stop());

const li = { sub: "li", roles: ["sales", "offline_access"], departments: ["cn/east"] };
const HOUR_S = 3_600;
const seconds = () => Math.floor(now / 1_000);
const headerOf = async (claims: object = {}, pair = rsa) => {
  const all = { ...li, iss: provider.issuer, aud: ["account", "gendan-prod"], exp: seconds() + HOUR_S, ...claims };
  const defined = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return `Bearer ${await new SignJWT(defined).setProtectedHeader({ alg: pair.alg, kid: pair.kid }).sign(pair.privateKey)}`;
};
const refusal = async (header: string): Promise<unknown> => {
  try {
    return await verifier.verify(header);
  } catch (error) {
    return error;
  }
};
const refused = (message: string) => ({ code: "UNAUTHENTICATED", message: expect.stringContaining(message) });
const unavailable = { code: "IDENTITY_PROVIDER_UNAVAILABLE" };
const caller = { user: "li", roles: ["sales"], departments: ["cn/east"] };

describe("a token of the provider", () => {
  test.each([rsa, curve])("signed by $alg is taken, with the roles that are Gendan's", async (pair) => {
    expect(await verifier.verify(await headerOf({}, pair))).toMatchObject(caller);
    expect(provider.asked).toEqual(["/realms/company/.well-known/openid-configuration", "/realms/company/keys"]);
  });
  test("has its claims where the operator says", async () => {
    verifier = open({
      userClaim: "preferred_username",
      rolesClaim: "realm_access.roles",
      departmentsClaim: "https://a.b/dep",
    });
    const claims = {
      roles: ["admin"],
      preferred_username: "li.na",
      realm_access: { roles: ["sales"] },
      "https://a.b/dep": [],
    };
    expect(await verifier.verify(await headerOf(claims))).toMatchObject({
      user: "li.na",
      roles: ["sales"],
      departments: [],
    });
  });
  test("is verified by keys from where the operator says", async () => {
    verifier = open({ jwksUrl: `${provider.issuer}/keys` });
    expect(await verifier.verify(await headerOf())).toMatchObject(caller);
    expect(provider.asked).toEqual(["/realms/company/keys"]);
  });
  test("does not make the installation's own ones good", async () => {
    const secret = new TextEncoder().encode("0123456789abcdef0123456789abcdef");
    const own = `Bearer ${await signToken(secret, { user: "li", roles: ["admin"], expiresIn: "8h" })}`;
    expect(await refusal(own)).toMatchObject(refused("not issued by"));
    verifier = new TokenVerifier([ownIssuer(secret)], defaultPolicy);
    expect(await refusal(own)).toMatchObject({ user: "li" });
    expect(await refusal(await headerOf())).toMatchObject(refused("not issued by"));
  });
});

describe("a token is refused", () => {
  const outside: readonly (readonly [string, () => object, string])[] = [
    ["that expired", () => ({ exp: seconds() - CLOCK_SKEW_S }), "expired at"],
    ["that is not valid yet", () => ({ nbf: seconds() + CLOCK_SKEW_S + 1 }), "not valid yet"],
    ["of another issuer", () => ({ iss: "https://login.example" }), "not issued by"],
    ["of an issuer that begins alike", () => ({ iss: `${provider.issuer}/` }), "not issued by"],
    ["of no issuer", () => ({ iss: undefined }), "not issued by"],
    ["for another audience", () => ({ aud: "account" }), "not issued by"],
    ["for nobody", () => ({ aud: undefined }), "not issued by"],
    ["that never ends", () => ({ exp: undefined }), "not issued by"],
    ["of nobody", () => ({ sub: undefined }), "not issued by"],
    ["with a user that is no text", () => ({ sub: 7 }), "no text as sub"],
    ["with no roles", () => ({ roles: undefined }), "no list of texts as roles"],
    ["with none of Gendan's roles", () => ({ roles: ["offline_access"] }), "A user needs a role"],
    ["with roles that are one text", () => ({ roles: "admin" }), "no list of texts as roles"],
    ["with roles that are an object", () => ({ roles: { 0: "admin", length: 1 } }), "no list of texts as roles"],
    // Without departments a manager sees the whole company: that must have been said, not forgotten.
    ["with no departments", () => ({ departments: undefined }), "no list of texts as departments"],
    ["with departments that are null", () => ({ departments: [null] }), "no list of texts as departments"],
    ["with a department that is none", () => ({ departments: ["cn//east"] }), "is not a department"],
    ["with 32 departments", () => ({ departments: Array.from({ length: 32 }, (_, n) => `d${n}`) }), "at most 31"],
    ["with a megabyte of departments", () => ({ departments: ["x".repeat(1_048_576)] }), "A token is needed"],
  ];
  test.each(outside)("%s", async (_, claims, message) => {
    expect(await refusal(await headerOf(claims()))).toMatchObject(refused(message));
  });
  test.each([
    ["at the edge of the clock's skew, ending", () => ({ exp: seconds() - CLOCK_SKEW_S + 1 })],
    ["at the edge of the clock's skew, beginning", () => ({ nbf: seconds() + CLOCK_SKEW_S })],
  ])("but not %s", async (_, claims) => {
    expect(await refusal(await headerOf(claims()))).toMatchObject(caller);
  });

  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  test("with alg none", async () => {
    const [, body] = (await headerOf()).replace("Bearer ", "").split(".");
    expect(await refusal(`Bearer ${encoded({ alg: "none" })}.${body}.`)).toMatchObject(refused("not issued by"));
  });
  test("signed by HS256 with the public key", async () => {
    const [, body] = (await headerOf()).split(".");
    const signed = `${encoded({ alg: "HS256", kid: rsa.kid })}.${body}`;
    const mac = createHmac("sha256", await exportSPKI(rsa.publicKey))
      .update(signed)
      .digest("base64url");
    expect(await refusal(`Bearer ${signed}.${mac}`)).toMatchObject(refused("not issued by"));
  });
  test("signed by another key under a known name", async () => {
    expect(await refusal(await headerOf({}, { ...newer, kid: rsa.kid }))).toMatchObject(refused("not issued by"));
  });
});

test("names such as __proto__ are names and nothing else", async () => {
  const departments = ["__proto__", "constructor/prototype"];
  expect(await refusal(await headerOf({ departments }))).toMatchObject({ departments });
  const roles = JSON.parse('{ "__proto__": { "roles": ["admin"] } }') as object;
  verifier = open({ rolesClaim: "held.roles" });
  expect(await refusal(await headerOf({ held: roles }))).toMatchObject(refused("no list of texts as held.roles"));
  verifier = open({ rolesClaim: "constructor.name" });
  expect(await refusal(await headerOf())).toMatchObject(refused("no list of texts as constructor.name"));
  expect(({} as { roles?: unknown }).roles).toBeUndefined();
});

describe("a rotated key", () => {
  test("is looked up when it is first seen, but not for each key that somebody invents", async () => {
    await verifier.verify(await headerOf());
    provider.keys = [newer];
    provider.asked = [];
    expect(await refusal(await headerOf({}, newer))).toMatchObject(refused("not issued by")); // looked up a moment ago
    expect(provider.asked).toEqual([]);
    now += LOOK_UP_PAUSE_MS;
    const invented = await Promise.all(["a", "b", "c"].map((kid) => headerOf({}, { ...curve, kid })));
    const answers = await Promise.all([headerOf({}, newer), ...invented].map(async (header) => refusal(await header)));
    expect(answers[0]).toMatchObject(caller);
    for (const each of answers.slice(1)) expect(each).toMatchObject(refused("not issued by"));
    expect(provider.asked).toEqual(["/realms/company/keys"]);
  });
  test("ends what the former one signed, once keys and tokens are looked at again", async () => {
    const header = await headerOf();
    await verifier.verify(header);
    provider.keys = [newer];
    now += KEYS_FRESH_MS;
    await refusal(header); // looks up beside it
    await eventually(() => provider.asked.length === 3);
    now += KEYS_FRESH_MS;
    await eventually(async () => (await refusal(header)) instanceof Error);
    expect(await refusal(header)).toMatchObject(refused("not issued by"));
  });
});

describe("while the provider is away", () => {
  test.each(["down", "garbage"] as const)(
    "(%s) known keys go on, an unknown one is a fault of its own",
    async (fault) => {
      const header = await headerOf({ exp: seconds() + 9 * HOUR_S });
      await verifier.verify(header);
      provider.fault = fault;
      now += HOUR_S * 1_000;
      expect(await refusal(header)).toMatchObject(caller);
      expect(await refusal(await headerOf({ sub: "wang" }))).toMatchObject({ user: "wang" });
      expect(await refusal(await headerOf({}, newer))).toMatchObject(unavailable);
      await eventually(() => reported.length === 1);
      expect(await refusal(await headerOf({}, newer))).toMatchObject(unavailable);
      expect(reported).toHaveLength(1);
      expect(await refusal(header)).toMatchObject(caller);
    },
  );
  test("from the start, nobody is told who they are, and it is tried again soon", async () => {
    provider.fault = "down";
    const header = await headerOf();
    expect(await refusal(header)).toMatchObject(unavailable);
    expect(await refusal(header)).toMatchObject(unavailable);
    expect(provider.asked).toHaveLength(1);
    provider.fault = undefined;
    now += RETRY_PAUSE_MS;
    expect(await refusal(header)).toMatchObject(caller);
  });
  test("nobody listens at all", async () => {
    const header = await headerOf();
    provider.stop();
    expect(await refusal(header)).toMatchObject(unavailable);
  });
});

describe("what names the keys is believed", () => {
  test("only of the issuer itself", async () => {
    provider.named = "https://login.example";
    expect(await refusal(await headerOf())).toMatchObject(unavailable);
    expect(String(reported[0])).toContain("is of another issuer");
  });
  test("only where they cannot be changed on their way", async () => {
    provider.jwksUrl = "http://login.example/keys";
    expect(await refusal(await headerOf())).toMatchObject(unavailable);
    expect(String(reported[0])).toContain("no jwks_uri on https");
    expect(["https://a.example", "http://localhost:8080/x", "http://127.0.0.1", "http://[::1]:1"].map(isGuarded)).toEqual([true, true, true, true]); // prettier-ignore
    expect(["http://a.example", "http://127.0.0.1.example", "ftp://localhost", "x"].map(isGuarded)).toEqual([false, false, false, false]); // prettier-ignore
  });
});
