// Whose tokens a company takes, as its variables say, seen from outside.
import { afterAll, describe, expect, test } from "@jest/globals";
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import { signToken } from "@gendan/security";
import { baseConfig, readConfig } from "@gendan/service-kit";
import type { Company } from "./company.js";
import { companyInMemory } from "./spec.js";

const opened: Company[] = [];
async function companyOf(variables: Readonly<Record<string, string>>): Promise<Company> {
  const config = readConfig(baseConfig, variables);
  const company = await companyInMemory({ config });
  opened.push(company);
  return company;
}
afterAll(() => Promise.all(opened.map((company) => company.stop())));

const ask = ({ server }: Company, token: string) =>
  server.inject({
    method: "POST",
    url: "/graphql",
    headers: { authorization: `Bearer ${token}`, accept: "application/graphql-response+json" },
    payload: { query: "{ orders(first: 1) { totalCount } }" },
  });
const own = ({ secret }: Company) => signToken(secret, { user: "li", roles: ["sales"], expiresIn: "1h" });
const keysOf = async ({ server }: Company) => {
  const answer = await server.inject("/.well-known/jwks.json");
  return { keys: answer.json<{ keys: object[] }>().keys, headers: answer.headers };
};

test("the embedded company tells others how to verify its own tokens", async () => {
  const company = await companyOf({});
  const { keys, headers } = await keysOf(company);
  expect(headers).toMatchObject({
    "content-type": expect.stringContaining("application/jwk-set+json"),
    "cache-control": "public, max-age=300",
  });
  expect(keys).toEqual([expect.objectContaining({ kid: await calculateJwkThumbprint(keys[0]!), alg: "ES256" })]);
  const options = { issuer: "gendan", audience: "gendan" };
  const { payload } = await jwtVerify(await own(company), createLocalJWKSet({ keys } as never), options);
  expect(payload.sub).toBe("li");
  expect((await ask(company, await own(company))).statusCode).toBe(200);
});

describe("beside an identity provider", () => {
  // Nobody listens there.
  const provider = { GENDAN_OIDC_ISSUER: "http://127.0.0.1:9", GENDAN_OIDC_AUDIENCE: "gendan" };
  test("own tokens are not taken, and their key is not told", async () => {
    const company = await companyOf(provider);
    const { statusCode, body } = await ask(company, await own(company));
    expect([statusCode, body]).toEqual([401, expect.stringContaining("Sign in with http://127.0.0.1:9")]);
    expect((await keysOf(company)).keys).toEqual([]);
  });
  test("unless the operator says so; a provider that is away is a fault with a code, and no defect", async () => {
    const company = await companyOf({ ...provider, GENDAN_OWN_TOKENS: "on" });
    expect((await ask(company, await own(company))).statusCode).toBe(200);
    const foreign = await new SignJWT({
      iss: "http://127.0.0.1:9",
      aud: "gendan",
      sub: "li",
      roles: [],
      departments: [],
    })
      .setProtectedHeader({ alg: "HS256", kid: "unknown" })
      .setExpirationTime("1h")
      .sign(company.secret);
    const unverifiable = foreign.replace(
      /^[^.]+/,
      Buffer.from('{"alg":"ES256","kid":"unknown"}').toString("base64url"),
    );
    const { statusCode, headers, json } = await ask(company, unverifiable);
    expect([statusCode, headers["retry-after"]]).toEqual([503, "1"]);
    expect(json()).toMatchObject({ errors: [{ extensions: { code: "IDENTITY_PROVIDER_UNAVAILABLE" } }] });
    expect((await ask(company, foreign)).statusCode).toBe(401);
  });
});

describe("variables that do not fit each other are refused at the start", () => {
  test.each([
    [{ GENDAN_OIDC_ISSUER: "https://login.example" }, "GENDAN_OIDC_AUDIENCE is missing"],
    [{ GENDAN_OIDC_AUDIENCE: "gendan" }, "GENDAN_OIDC_ISSUER is missing"],
    [{ GENDAN_OIDC_ISSUER: "http://login.example", GENDAN_OIDC_AUDIENCE: "x" }, "GENDAN_OIDC_ISSUER is not guarded"],
    [{ GENDAN_OWN_TOKENS: "off" }, "nobody could come in"],
    [{ GENDAN_OIDC_ISSUER: "login" }, "GENDAN_OIDC_ISSUER is"],
  ])("%j", async (variables, message) => {
    await expect(companyOf(variables)).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining(message),
    });
  });
});
