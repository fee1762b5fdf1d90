import { describe, expect, it } from "vitest";
import { answering } from "../testing/documents.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

/** The lines of a plug that say who calls. */
function authOf(securitySchemes: object, security: unknown) {
  const base = answering({});
  const document = { ...base, security, components: { ...base.components, securitySchemes } };
  const { code, warnings } = plugFromOpenApi(document, { name: "things" });
  const [, auth = ""] = /\n {2}auth: ([\s\S]*?),\n {2}vars: /.exec(code) ?? [];
  const keys = [...code.matchAll(/key: "(\w+)".*?type: "(\w+)"(, required: true)?/g)].map(
    ([, key, type, required]) => `${key} ${type}${required ? "" : "?"}`,
  );
  return {
    auth,
    vars: keys.filter((key) => !key.startsWith("baseUrl")),
    warnings: warnings.map(({ message }) => message),
  };
}

const schemes = {
  bearer: { type: "http", scheme: "Bearer" },
  basic: { type: "http", scheme: "basic" },
  digest: { type: "http", scheme: "Digest" },
  key: { type: "apiKey", in: "header", name: "X-Key" },
  queryKey: { type: "apiKey", in: "query", name: "api_key" },
  cookieKey: { type: "apiKey", in: "cookie", name: "sid" },
  code: {
    type: "oauth2",
    flows: {
      authorizationCode: {
        authorizationUrl: "/oauth/authorize",
        tokenUrl: "https://auth.example/token",
        scopes: { a: "A", b: "B" },
      },
    },
  },
  own: { type: "oauth2", flows: { clientCredentials: { tokenUrl: "/token", scopes: {} } } },
  implicit: { type: "oauth2", flows: { implicit: { authorizationUrl: "https://auth.example", scopes: {} } } },
  openId: { type: "openIdConnect", openIdConnectUrl: "https://id.example/.well-known/openid-configuration" },
};

describe("the credentials of an imported plug", () => {
  it.each([
    ["bearer", 'bearer(fromVar("token"))', ["token password"]],
    ["basic", 'basic(fromVar("username"), fromVar("password"))', ["username text", "password password"]],
    ["key", 'apiKey("X-Key", fromVar("apiKey"))', ["apiKey password"]],
    ["queryKey", 'apiKey("api_key", fromVar("apiKey"), { in: "query" })', ["apiKey password"]],
    ["digest", 'bearer(fromVar("token"), { scheme: "Digest" })', ["token password"]],
  ])("are asked for as the scheme %s wants them", (name, auth, vars) => {
    expect(authOf(schemes, [{ [name]: [] }])).toMatchObject({ auth, vars });
  });

  it("are sent together when one requirement has several", () => {
    const { auth, vars } = authOf(schemes, [{ key: [], basic: [], queryKey: [], cookieKey: [] }]);
    expect(auth.replaceAll(/\s+/g, " ")).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the code that is expected
      'custom((_request, { vars }) => ({ headers: { "X-Key": `${vars.apiKey}`, authorization: `Basic ${Buffer.from(`${vars.basicUsername}:${vars.basicPassword}`).toString("base64")}`, cookie: `sid=${vars.cookieKeyApiKey}`, }, query: { api_key: `${vars.queryKeyApiKey}` }, }))',
    );
    expect(vars).toEqual([
      "apiKey password",
      "basicUsername text",
      "basicPassword password",
      "queryKeyApiKey password",
      "cookieKeyApiKey password",
    ]);
  });

  it("are consented to in a browser, with the scopes that the chosen operations need", () => {
    const { auth, vars } = authOf(schemes, [{ code: ["b"] }]);
    expect(auth.replaceAll(/\s+/g, " ")).toBe(
      'oauth2({ authorizationUrl: "https://things.example/oauth/authorize", tokenUrl: "https://auth.example/token", clientId: fromVar("clientId"), clientSecret: fromVar("clientSecret"), scopes: ["b"], })',
    );
    expect(vars).toEqual(["clientId text", "clientSecret password"]);
    expect(authOf(schemes, [{ own: [] }]).auth).toContain(
      'grant: "clientCredentials",\n    tokenUrl: "https://things.example/token"',
    );
    expect(authOf(schemes, [{ openId: ["x"] }]).auth).toContain('issuer: "https://id.example"');
  });

  it("are an access token where no flow is for servers", () => {
    expect(authOf(schemes, [{ implicit: [] }])).toEqual({
      auth: 'bearer(fromVar("token"))',
      vars: ["token password"],
      warnings: ["describes no OAuth flow for servers, or no address of it; an access token is asked for"],
    });
  });

  it("are rather a key than a consent, and may be left out when the document says so", () => {
    expect(authOf(schemes, [{ code: [] }, { key: [] }, {}])).toEqual({
      auth: '(vars) => (vars.apiKey ? apiKey("X-Key", fromVar("apiKey")) : none())',
      vars: ["apiKey password?"],
      warnings: [],
    });
  });

  it("are guessed when nothing is said", () => {
    const guessed = authOf({}, undefined);
    expect(guessed.auth).toBe('(vars) => (vars.token ? bearer(fromVar("token")) : none())');
    expect(guessed.warnings).toEqual([expect.stringContaining("is a guess")]);
    expect(authOf({ basic: schemes.basic }, undefined).warnings).toEqual([expect.stringContaining('"basic" is taken')]);
  });
});
