import { spawn, spawnSync } from "node:child_process";
import fc from "fast-check";
import type { VarRecord } from "khotan";
import { describe, expect, it } from "vitest";
import { json, localServer, type SeenRequest } from "../../plugs/testing/local-server.ts";
import { bindCode } from "../testing/bind-code.ts";
import { plugFromCurl } from "./plug-from-curl.ts";

const API = "https://api.acme.example";

interface Case {
  readonly command: string;
  readonly vars?: VarRecord;
  /** What a caller gives to the endpoint to send the command's own request. */
  readonly input?: object;
}

const form = (fields: Readonly<Record<string, string | File>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, value.name);
  }
  return data;
};

const CASES: Readonly<Record<string, Case>> = {
  "a plain GET": { command: `curl ${API}/things` },
  "-X": { command: `curl -X OPTIONS ${API}/things` },
  "--request and --url": { command: `curl --request DELETE --url ${API}/things/7`, input: { params: { thingId: 7 } } },
  "-I": { command: `curl -I ${API}/things` },
  "letters together": {
    command: `curl -sSLXDELETE ${API}/orders/ord_1234567A -u me:pw`,
    vars: { username: "me", password: "pw" },
    input: { params: { orderId: "ord_1234567A" } },
  },
  "-H with what an API reads": {
    command: `curl ${API}/v1/orders/42 -H 'Accept: application/json' -H 'X-Api-Version:2024-01' -H "X-Empty;" -H "X-Removed:"`,
    input: { params: { orderId: 42 } },
  },
  "a header twice": { command: `curl ${API}/things -H 'X-Tag: a' -H 'x-tag: b'` },
  "a bearer token": { command: `curl ${API}/me -H "Authorization: Bearer abc"`, vars: { token: "abc" } },
  "--oauth2-bearer": { command: `curl ${API}/me --oauth2-bearer abc`, vars: { token: "abc" } },
  "another scheme": { command: `curl ${API}/me -H "authorization: token abc"`, vars: { token: "abc" } },
  "an encoded user": {
    command: `curl ${API}/me -H "Authorization: Basic bWU6c2VjcmV0"`,
    vars: { username: "me", password: "secret" },
  },
  "a key as user": { command: `curl ${API}/me -u key:`, vars: { apiKey: "key" } },
  "a user in the address": {
    command: `curl https://me:p%40w@api.acme.example/me`,
    vars: { username: "me", password: "p@w" },
  },
  "a key in a header": { command: `curl ${API}/me -H "X-Api-Key: k"`, vars: { apiKey: "k" } },
  "a key in the query": {
    command: `curl "${API}/me?api_key=k&limit=5"`,
    vars: { apiKey: "k" },
    input: { query: { limit: 5 } },
  },
  "a query": {
    command: `curl '${API}/search?q=a%20b+c&tag=x&tag=y&page=2&empty='`,
    input: { query: { q: "a b c", tag: ["x", "y"], page: 2, empty: "" } },
  },
  "-d": { command: `curl ${API}/things -d name=Jo`, input: { body: { name: "Jo" } } },
  "several -d": {
    command: `curl ${API}/v1/charges -u key: -d amount=100 -d 'metadata[a]=b' -d 'expand[]=x' -d 'expand[]=y' --data-urlencode 'note=a b&c'`,
    vars: { apiKey: "key" },
    input: { body: { amount: 100, metadata: { a: "b" }, expand: ["x", "y"], note: "a b&c" } },
  },
  "-d that is no form": { command: `curl ${API}/things -d 'just text'`, input: { body: "just text" } },
  "-d with nothing": { command: `curl ${API}/things -d ''`, input: { body: "" } },
  "-d with a content type": {
    command: `curl -X POST ${API}/text -H 'Content-Type: text/plain' -d 'a=b'`,
    input: { body: "a=b" },
  },
  XML: {
    command: `curl ${API}/xml -H 'Content-Type: application/xml' -d '<a b="c"/>'`,
    input: { body: '<a b="c"/>' },
  },
  "JSON by its header": {
    command: `curl -X PATCH ${API}/things/7 -H 'Content-Type: application/json' --data-raw "{\\"a\\":\\"it's\\"}"`,
    input: { params: { thingId: 7 }, body: { a: "it's" } },
  },
  "a JSON type of its own": {
    command: `curl -X PATCH ${API}/things/7 -H 'Content-Type: application/merge-patch+json' -d '{"a":null}'`,
    input: { params: { thingId: 7 }, body: { a: null } },
  },
  "--data-raw with an @": {
    command: `curl ${API}/things -H 'content-type: application/json' --data-raw '["@a"]'`,
    input: { body: ["@a"] },
  },
  "--data-binary": {
    command: `curl ${API}/things -H 'content-type: application/json' --data-binary '{"a": "b"}'`,
    input: { body: { a: "b" } },
  },
  "--data-urlencode": {
    command: `curl ${API}/things --data-urlencode 'a=ü&=' --data-urlencode '=plain value=1' --data-urlencode 'b==x'`,
    input: { body: { a: "ü&=", "plain value=1": "", b: "=x" } },
  },
  "-G": {
    command: `curl -G ${API}/search --data-urlencode 'q=a&b' -d key=k -d limit=5`,
    vars: { key: "k" },
    input: { query: { q: "a&b", limit: 5 } },
  },
  "-G behind a query": { command: `curl -G '${API}/search?a=1' -d b=2`, input: { query: { a: 1, b: 2 } } },
  "--json": {
    command: `curl --json '{"a": {"b": [1, null, "é"]}}' ${API}/things`,
    input: { body: { a: { b: [1, null, "é"] } } },
  },
  "several --json": { command: `curl --json '{"a":' --json '1}' ${API}/things`, input: { body: { a: 1 } } },
  "--json with an Accept": {
    command: `curl --json '[]' -H 'Accept: application/vnd.acme+json' ${API}/things`,
    input: { body: [] },
  },
  "-F": {
    command: `curl ${API}/files -F name=Jo -F 'note=a b&c'`,
    input: { body: form({ name: "Jo", note: "a b&c" }) },
  },
  "-F with a file": {
    command: `printf 'a,b' | curl ${API}/files -F name=Jo -F 'file=@-;filename=a.csv;type=text/csv'`,
    input: { body: form({ name: "Jo", file: new File(["a,b"], "a.csv", { type: "text/csv" }) }) },
  },
  "--form-string": { command: `curl ${API}/files --form-string 'name=@Jo'`, input: { body: form({ name: "@Jo" }) } },
  "-b": {
    command: `curl ${API}/things -b 'sid=1; t=2' -H 'X-CSRF-Token: c'`,
    vars: { cookie: "sid=1; t=2", csrfToken: "c" },
  },
  "several -b": { command: `curl ${API}/things -b sid=1 -b t=2`, vars: { cookie: "sid=1;t=2" } },
  "-A and -e": { command: `curl ${API}/things -A 'Acme/1.0 (+https://a.example)' -e https://a.example/from` },
  "-k and --compressed": { command: `curl -k --compressed ${API}/things` },
  "a line per option": {
    command: `curl -X POST \\\n  '${API}/things' \\\n  -H 'accept: */*' \\\n  -d 'a=1' \\\n  -d 'b=2'`,
    input: { body: { a: 1, b: 2 } },
  },
  "all quotes of bash": {
    command: `curl ${API}/'th'"in"gs -H $'X-One: it\\'s \\x41\\u00e9' -H "X-Two: \\"two\\" \\$2 back\\\\slash" -H X-Three:\\ three\\ 3 -d $'a=1\\n2' -d "b=c\\
d"`,
    input: { body: { a: "1\n2", b: "cd" } },
  },
  "escapes in a path": { command: `curl ${API}/a%20b/c%2Fd/x:y,z` },
  "what a browser copies": {
    command: `curl '${API}/v1/search?q=x' --compressed -X POST -H 'User-Agent: Mozilla/5.0 (X11; Linux)' -H 'Accept: application/json, text/plain, */*' -H 'Accept-Language: en' -H 'Accept-Encoding: gzip, deflate' -H 'Content-Type: application/json;charset=utf-8' -H 'X-XSRF-TOKEN: t' -H 'Origin: https://a.example' -H 'Sec-Fetch-Mode: cors' -H 'Referer: https://a.example/' -H 'Cookie: sid=1' --data-raw '{"a":[{"b":1}]}'`,
    vars: { xsrfToken: "t", cookie: "sid=1" },
    input: { query: { q: "x" }, body: { a: [{ b: 1 }] } },
  },
};

const hasCurl = ["curl", "bash"].every((command) => spawnSync(command, ["--version"]).status === 0);

/** What curl itself sends: bash runs the command, its address pointed at our server. */
async function sentByCurl(command: string): Promise<SeenRequest> {
  await using server = await localServer((_request, response) => json(response, 200, {}));
  const child = spawn("bash", ["-c", pointedAt(server.url, command)], {
    stdio: "ignore",
    env: { ...process.env, NO_PROXY: "*", HOME: "/nonexistent" },
  });
  await new Promise((resolve) => child.on("exit", resolve));
  const [request] = server.seen;
  if (!request) throw new Error(`curl sent nothing: ${command}`);
  return request;
}

const pointedAt = (url: string, command: string): string =>
  command.replaceAll("https://me:p%40w@api.acme.example", url.replace("//", "//me:p%40w@")).replaceAll(API, url);

async function sentByPlug({ command, vars = {}, input = {} }: Case) {
  await using server = await localServer((_request, response) => json(response, 200, {}));
  const { code, name } = plugFromCurl(pointedAt(server.url, command), { name: "acme" });
  const [endpoint = ""] = /(?<=endpoints: \{\n {4})\w+/.exec(code) ?? [];
  await bindCode(code, name, vars).call(endpoint, input);
  const [request] = server.seen;
  if (!request) throw new Error(`the plug sent nothing: ${code}`);
  return request;
}

/** Said by the HTTP library when the command does not. */
const OF_THE_LIBRARY = /^(?:host|connection|accept-encoding|content-length|content-type|expect)$/;

/** What an API looks at, whatever the order, the escapes and the boundaries. */
async function essence({ method, url, headers, body }: SeenRequest) {
  const { pathname, searchParams } = new URL(url, "http://a");
  const type = headers["content-type"]?.split(";")[0];
  return {
    method,
    segments: pathname.split("/").map(decodeURIComponent),
    query: [...searchParams].sort(),
    type: body === "" ? undefined : type,
    body: body === "" ? "" : await bodyIn(type, headers["content-type"], body),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_LIBRARY.test(name))),
  };
}

async function bodyIn(type: string | undefined, contentType: string | undefined, body: string): Promise<unknown> {
  const bytes = Buffer.from(body, "latin1");
  if (type?.endsWith("json")) return JSON.parse(bytes.toString("utf8"));
  if (type === "application/x-www-form-urlencoded") return [...new URLSearchParams(bytes.toString("utf8"))].sort();
  if (type !== "multipart/form-data") return bytes.toString("utf8");
  const data = await new Response(bytes, { headers: { "content-type": contentType ?? "" } }).formData();
  const fileOf = async (file: File) => [file.name, file.type, await file.text()];
  return await Promise.all(
    [...data].map(async ([name, value]) => [name, value instanceof File ? await fileOf(value) : value]),
  );
}

/** Headers that a browser says of itself, and a plug does not. */
const OF_A_BROWSER = ["user-agent", "accept-language", "origin", "referer", "sec-fetch-mode"];

describe.runIf(hasCurl)("a plug from a curl command sends what curl itself sends", () => {
  it.each(Object.entries(CASES))("%s", async (what, each) => {
    const curl = await essence(await sentByCurl(each.command));
    const plug = await essence(await sentByPlug(each));
    // What no command asked for: a plug names itself, and would rather have JSON.
    if (String(curl.headers["user-agent"]).startsWith("curl/")) delete curl.headers["user-agent"];
    if (plug.headers["user-agent"] === "khotan") delete plug.headers["user-agent"];
    if (curl.headers.accept === "*/*") {
      expect(plug.headers.accept).toContain("*/*");
      plug.headers.accept = "*/*";
    }
    if (what === "what a browser copies") for (const name of OF_A_BROWSER) delete curl.headers[name];
    expect(plug).toEqual(curl);
  });

  it("whatever the texts are, in queries, forms, JSON and headers", { timeout: 60_000 }, async () => {
    const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
    const text = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .map((it) => `x${it.replaceAll(/[\p{Cc}\p{Co}]/gu, "")}`);
    const visible = fc.stringMatching(/^x[ -~]{0,12}x$/);
    await fc.assert(
      fc.asyncProperty(text, text, text, visible, async (q, field, json, header) => {
        const head = `-H ${quoted(`X-Text: ${header}`)}`;
        const url = quoted(`${API}/things?q=${encodeURIComponent(q)}`);
        const form = { command: `curl ${url} ${head} --data-urlencode ${quoted(`field=${field}`)}` };
        const get = { command: `curl -G ${url} ${head} --data-urlencode ${quoted(`field=${field}`)}` };
        const post = { command: `curl ${url} ${head} --json ${quoted(JSON.stringify({ json }))}` };
        const all: Case[] = [
          { ...form, input: { query: { q }, body: { field } } },
          { ...get, input: { query: { q, field } } },
          { ...post, input: { query: { q }, body: { json } } },
        ];
        for (const each of all) {
          const [curl, plug] = [await essence(await sentByCurl(each.command)), await essence(await sentByPlug(each))];
          const told = ({ headers }: typeof curl) => headers["x-text"];
          expect({ ...plug, headers: told(plug) }).toEqual({ ...curl, headers: told(curl) });
        }
      }),
      { numRuns: 20 },
    );
  });

  it("sends JSON as JSON although the command forgot to say so, with a warning", async () => {
    const command = `curl ${API}/things -d '{"a":1}'`;
    const sent = await sentByPlug({ command, input: { body: { a: 1 } } });
    expect(sent.headers["content-type"]).toBe("application/json");
    expect(plugFromCurl(command).warnings).toEqual([{ path: "-d", message: expect.stringContaining("sent as JSON") }]);
  });
});
