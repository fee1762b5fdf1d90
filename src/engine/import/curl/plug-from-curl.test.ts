import fc from "fast-check";
import { KhotanError } from "khotan";
import { describe, expect, it } from "vitest";
import { biomeProblems } from "../testing/biome.ts";
import { plugFromCurl } from "./plug-from-curl.ts";

/** The part of a plug that says one thing, on one line. */
const part = (code: string, key: string): string | undefined =>
  new RegExp(`\\n( *)${key}: ([\\s\\S]*?),\\n {0,6}(?:[A-Za-z]+: |\\},)`).exec(code)?.[2]?.replaceAll(/\s+/g, " ");

const of = (command: string) => {
  const { name, code, warnings } = plugFromCurl(command);
  const [, endpoint] = /endpoints: \{\n {4}(\w+): /.exec(code) ?? [];
  const get = (key: string) => part(code, key);
  return { name, code, endpoint, get, warnings: warnings.map(({ path, message }) => `${path}: ${message}`) };
};

const mistake = (command: string): KhotanError => {
  try {
    plugFromCurl(command);
  } catch (error) {
    if (error instanceof KhotanError) return error;
    throw error;
  }
  throw new Error("this command was taken");
};

describe("a plug from a curl command", () => {
  it("is a file that reads like one written by hand", async () => {
    const { name, code, warnings } =
      plugFromCurl(`curl -X POST https://api.stripe.com/v1/customers/cus_NffrFeUfNV2Hib/sources?expand=true \\
  -u sk_test_4eC39HqLyjWDarjtT1zdp7dc: \\
  -H "Stripe-Version: 2024-06-20" -H 'Idempotency-Key: 7f0d' \\
  -d source=tok_visa -d "metadata[order_id]=6735" -d "expand[]=owner"`);
    expect({ name, warnings }).toEqual({ name: "stripe", warnings: [] });
    await expect(code).toMatchFileSnapshot("../testing/golden/stripe-curl.txt");
    expect(biomeProblems(code)).toBe("");
  });

  it.each([
    ["a bearer token", `-H "Authorization: Bearer abc"`, 'bearer(fromVar("token"))'],
    ["another word before the token", `-H 'authorization: token abc'`, 'bearer(fromVar("token"), { scheme: "token" })'],
    ["no word before it", `-H 'Authorization: abc'`, 'apiKey("Authorization", fromVar("token"))'],
    ["Basic, encoded", `-H "Authorization: Basic bWU6c2VjcmV0"`, 'basic(fromVar("username"), fromVar("password"))'],
    ["a user and a password", "-u me:secret", 'basic(fromVar("username"), fromVar("password"))'],
    ["a key as the user", "--user key:", 'basic(fromVar("apiKey"))'],
    ["--oauth2-bearer", "--oauth2-bearer abc", 'bearer(fromVar("token"))'],
    ["a header of its own", "-H X-Api-Key:abc", 'apiKey("X-Api-Key", fromVar("apiKey"))'],
    [
      "a header whose value says it",
      "-H 'X-Thing: ghp_16C7e42F292c6912E7710c838347Ae178B4a'",
      'apiKey("X-Thing", fromVar("thing"))',
    ],
    ["nothing", "-H 'Accept: application/json' -H 'X-Page-Token: 3'", undefined],
  ])("takes %s for what it is", (_what, options, auth) => {
    expect(of(`curl https://a.example/x ${options}`).get("auth")).toBe(auth);
  });

  it("takes a key in the query, in the address, and cookies", () => {
    const key = of("curl 'https://a.example/x?api_key=abc&limit=5&nextToken=3'");
    expect(key.get("auth")).toBe('apiKey("api_key", fromVar("apiKey"), { in: "query" })');
    expect(key.get("query")).toBe("z.object({ limit: z.number().optional(), nextToken: z.number().optional() })");
    expect(of("curl https://me:pw@a.example/x").get("auth")).toBe('basic(fromVar("username"), fromVar("password"))');
    const cookie = of("curl https://a.example/x -b 'sid=1; x=2' -H 'X-CSRF-Token: 3'");
    expect(cookie.code).toContain(
      'headers: { "X-CSRF-Token": `$' + "{vars.csrfToken}`, cookie: `$" + "{vars.cookie}` },\n",
    );
    expect(cookie.warnings).toEqual(["cookie: cookies of a browser expire; look for an API key"]);
  });

  it.each([
    [
      "https://api.github.com/repos/octocat/hello-world/issues/1347",
      "https://api.github.com",
      "/repos/{owner}/{repo}/issues/{issueId}",
      "getIssue",
    ],
    [
      "https://acme.example/api/v2/tickets/35436.json",
      "https://acme.example/api/v2",
      "/tickets/{ticketId}.json",
      "getTicket",
    ],
    [
      "https://a.example/2010-04-01/Accounts/AC5ef8732a3c49700934481addd5ce1659/Calls",
      "https://a.example/2010-04-01",
      "/Accounts/{accountId}/Calls",
      "listCalls",
    ],
    ["https://a.example/users/9b2d6f9e-2f7c-4c1c-9d0c-1b7a6a1d9f10", "https://a.example", "/users/{userId}", "getUser"],
    ["https://a.example/users/me", "https://a.example", "/users/me", "getMe"],
    [
      "https://a.example/companies/{companyId}/people",
      "https://a.example",
      "/companies/{companyId}/people",
      "getPeople",
    ],
    ["https://a.example/v1", "https://a.example", "/v1", "getV1"],
    ["https://a.example", "https://a.example", "/", "getRoot"],
    ["http://127.0.0.1:8080/a%20b/c%2Fd", "http://127.0.0.1:8080", "/a%20b/c%2Fd", "getCD"],
  ])("tells ids from words in %s", (url, base, path, endpoint) => {
    const made = of(`curl ${url}`);
    expect([made.get("baseUrl"), made.get("path"), made.endpoint]).toEqual([`"${base}"`, `"${path}"`, endpoint]);
  });

  it("leaves open what a shell's variables say", () => {
    const { get, code } = of(
      'curl "$BASE/v1/users/$USER_ID/files/a-$N.txt" -H "Authorization: Bearer $\u007bTOKEN}" -d "{\\"n\\": $N, \\"s\\": \\"$S\\"}"',
    );
    expect(get("baseUrl")).toBe("(vars) => vars.baseUrl");
    expect(get("path")).toBe('"/users/{userId}/files/{fileId}"');
    expect(get("body")).toBe("z.object({ n: z.number(), s: z.string() })");
    expect(code).toContain(
      'key: "baseUrl", label: "Base URL", type: "url", required: true, help: "Where the API is, up to and with /v1."',
    );
  });

  it.each([
    [
      "JSON by its header",
      `-H 'Content-Type: application/json' -d '{"a": [{"b": 1}, {"c": null}]}'`,
      "z.object({ a: z.array(z.object({ b: z.number().optional(), c: z.unknown().optional() })) })",
      undefined,
    ],
    ["--json", `--json '[1, "a"]'`, "z.array(z.union([z.number(), z.string()]))", undefined],
    [
      "a form",
      "-d a=1 -d b=x -d b=y --data-urlencode 'c=d e' -d 'f[g][]=true'",
      "z.object({ a: z.number(), b: z.array(z.string()), c: z.string(), f: z.object({ g: z.array(z.boolean()) }), })",
      '"form"',
    ],
    ["text", "-H 'Content-Type: text/csv' -d 'a,b'", "z.string()", undefined],
    ["a file", "--data-binary @a.bin", "z.instanceof(Uint8Array)", undefined],
    ["an upload", "-T a.bin", "z.instanceof(Uint8Array)", undefined],
    ["a multipart form", "-F file=@a.png -F name=x", "z.instanceof(FormData)", undefined],
    ["nothing, with -G", "-G -d a=1", undefined, undefined],
  ])("knows a body that is %s", (_what, options, body, bodyType) => {
    const made = of(`curl https://a.example/things ${options}`);
    expect([made.get("body"), made.get("bodyType")]).toEqual([body, bodyType]);
  });

  it("says what it leaves out, and what it guesses", () => {
    expect(
      of("curl -k --proxy http://p -H 'sec-fetch-mode: cors' a.example/users/jo https://b.example | jq .").warnings,
    ).toEqual([
      "command: only the first curl command is used, and nothing before and behind it",
      "-k: certificates are always checked by a plug",
      "--proxy: a plug has no such setting; it is left out",
      "url: only the first address of the command is used",
      "url: names no scheme; taken as https://a.example",
      'url: "jo" in the path is taken for an id',
      "-H: left out what only a browser says: sec-fetch-mode",
    ]);
    expect(of("curl https://a.example/x?a=1&b=2").get("query")).toContain("b: z.number().optional()");
    expect(of(`curl https://a.example/x -X GET -d a=1`).warnings).toEqual([
      "-d: a GET has no body; it is left out. Did the command want -G?",
    ]);
    expect(of(`curl https://a.example/x -d '{"a":1}'`).warnings).toEqual([
      "-d: reads like JSON and is sent as JSON; curl itself would call it a form",
    ]);
    expect(of(`curl https://a.example/x -H 'Authorization: AWS4-HMAC-SHA256 Credential=a'`).warnings).toEqual([
      expect.stringContaining("made anew for each request"),
    ]);
  });

  it.each([
    ["", "line 1, column 1", "this is not a curl command"],
    ["wget https://a.example", "line 1, column 1", "this is not a curl command"],
    ["curl", "url", "is missing"],
    ["curl -X", "-X", "needs a value"],
    ["curl --hedaer 'A: b' https://a.example", "--hedaer", "is not an option of curl"],
    ["curl -ß https://a.example", "-ß", "is not an option of curl"],
    ["curl 'https://a.example", "line 1, column 6", "the quote ' does not end"],
    ['curl https://a.example \\\n -H "A: $(cat x)"', "line 2, column 9", "$( would run another command"],
    ["curl `cat x`", "line 1, column 6", "` would run another command"],
    [
      'curl "https://a.example" ^\r\n -H ^"A: b^"',
      "line 1, column 26",
      "this is written for the command line of Windows, where quotes mean something else",
    ],
    ["curl ftp://a.example", "url", "ftp:// is not http"],
    ["curl http://", "url", "is not an address"],
    ["curl -X PURGE https://a.example", "-X", "PURGE is no method of an endpoint"],
  ])("refuses %j", (command, path, message) => {
    const error = mistake(command);
    expect(error.code).toBe("curl_invalid");
    expect(error.issues).toEqual([{ path, message }]);
    expect(error.hint).toBeTruthy();
  });

  it("never shows a credential of the command, neither in code nor in warnings nor in errors", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{8}[0-9][A-Za-z0-9]{12,30}$/).map((text) => `q${text}`);
    const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
    const place = fc.constantFrom<(secret: string) => string>(
      (it) => `-H ${quoted(`Authorization: Bearer ${it}`)}`,
      (it) => `-H ${quoted(`Authorization: ${it}`)}`,
      (it) => `-H ${quoted(`X-Whatever: ${it}`)}`,
      (it) => `-H ${quoted(`Cookie: a=${it}`)}`,
      (it) => `-u ${it}:${it}`,
      (it) => `-u${it}`,
      (it) => `-b a=${it}`,
      (it) => `--oauth2-bearer ${it}`,
      (it) => `-d password=${it}`,
      (it) => `-d ${it}`,
      (it) => `--json ${quoted(JSON.stringify({ key: it, list: [it] }))}`,
      (it) => `https://${it}:${it}@a.example/x`,
      (it) => `https://a.example/x?key=${it}`,
      (it) => `https://a.example/x?q=${it}&${it}`,
      (it) => `https://a.example/services/${it}/send`,
      (it) => `-F ${quoted(`file=${it}`)}`,
      (it) => `--header=${it}`,
      (it) => `--proxy-user ${it}`,
      (it) => `--hedaer ${quoted(`X: ${it}`)}`,
      (it) => `-e https://a.example/?token=${it}`,
      (it) => `-A ${it}`,
      (it) => `; TOKEN=${it}`,
      (it) => `&& echo ${it}`,
    );
    fc.assert(
      fc.property(secret, fc.array(place, { minLength: 1, maxLength: 4 }), (it, places) => {
        const command = `T=${it} curl https://a.example/v1/things ${places.map((written) => written(it)).join(" ")}`;
        let shown: string;
        try {
          shown = JSON.stringify(plugFromCurl(command));
        } catch (error) {
          if (!(error instanceof KhotanError)) throw error;
          shown = JSON.stringify([error.message, error.hint, error.issues]);
        }
        expect(shown).not.toContain(it);
      }),
      { numRuns: 1000 },
    );
  });
});
