import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { localServer } from "../plugs/testing/local-server.ts";
import { shellWord } from "./shell-word.ts";
import { type CurlRequest, toCurl } from "./to-curl.ts";

const run = promisify(execFile);

const hasCurl = await run("curl", ["--version"]).then(
  () => true,
  () => false,
);

const request = (over: Partial<CurlRequest>): CurlRequest => ({
  plug: "stripe",
  method: "GET",
  url: "https://api.example.com/items",
  requestHeaders: {},
  requestBody: null,
  ...over,
});
const textBody = (text: string, truncated = false) => ({ text, size: Buffer.byteLength(text), truncated });

/** What a shell makes of a command: the arguments, exactly. */
async function argumentsOf(command: string, env: Record<string, string> = {}): Promise<string[]> {
  const { stdout } = await run("sh", ["-c", `curl() { for a do printf '%s\\0' "$a"; done; }\n${command}`], {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\0").slice(0, -1);
}

/** No argument of a program can hold NUL. */
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("'", '"', "\\", "$", "`", "!", "\n", " ", "a", "=", "-", "é", "{", "*", "~", "#", ";"),
    }),
  )
  .map((value) => value.replaceAll("\0", ""));

test("a shell reads every text back as it was", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 40 }), async (texts) => {
      expect(await argumentsOf(`curl ${texts.map((one) => shellWord([one])).join(" ")}`)).toEqual(texts);
    }),
    { numRuns: 60 },
  );
});

test("a shell puts the values of variables in, whatever stands beside them", async () => {
  const part = fc.oneof(text, fc.constantFrom({ variable: "A" }, { variable: "B_1" }));
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), text, text, async (parts, a, b) => {
      const wanted = parts.map((one) => (typeof one === "string" ? one : one.variable === "A" ? a : b)).join("");
      expect(await argumentsOf(`curl ${shellWord(parts)}`, { A: a, B_1: b })).toEqual([wanted]);
    }),
    { numRuns: 100 },
  );
});

test("a shell reads URL, headers and body of a call as they were", async () => {
  const value = text.map((one) => one.replaceAll(/[\r\n]/g, "")).filter((one) => one !== "");
  await fc.assert(
    fc.asyncProperty(
      value,
      text.filter((one) => one !== ""),
      async (header, body) => {
        const command = toCurl(
          request({
            method: "POST",
            requestHeaders: { "x-note": header, "content-type": "text/plain" },
            requestBody: textBody(body),
          }),
        );
        expect(await argumentsOf(command)).toEqual([
          "-X",
          "POST",
          "https://api.example.com/items",
          "-H",
          "content-type: text/plain",
          "-H",
          `x-note: ${header}`,
          "--data-raw",
          body,
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

test("reads well", () => {
  const requestHeaders = { authorization: "[redacted]", accept: "application/json", "accept-encoding": "gzip" };
  expect(toCurl(request({ url: "https://a.example/x?api_key=[redacted]&q=1", requestHeaders }))).toBe(
    [
      'curl "https://a.example/x?api_key=$STRIPE_API_KEY&q=1" \\',
      "  -H 'accept: application/json' \\",
      "  --compressed \\",
      '  -H "authorization: $STRIPE_AUTHORIZATION"',
    ].join("\n"),
  );
});

test("what was redacted is a variable, named after the plug and the place", async () => {
  const command = toCurl(
    request({
      method: "POST",
      url: "https://[redacted]@api.example.com/items?api_key=[redacted]&q=a%20b",
      requestHeaders: { authorization: "[redacted]", "x-note": "it's [redacted]x", "content-type": "application/json" },
      requestBody: textBody('{"clientSecret":"[redacted]","n":1,"path": "[redacted]","list":["[redacted]"]}'),
    }),
  );
  expect(command).not.toContain("[redacted]");
  const env = {
    STRIPE_USERINFO: "u:p",
    STRIPE_API_KEY: "k 1",
    STRIPE_AUTHORIZATION: "Bearer $x",
    STRIPE_X_NOTE: "n'n",
    STRIPE_CLIENT_SECRET: 'c"s',
    STRIPE_PATH: "p",
    STRIPE_SECRET_1: "l",
  };
  expect(await argumentsOf(command, env)).toEqual([
    "-X",
    "POST",
    "https://u:p@api.example.com/items?api_key=k 1&q=a%20b",
    "-H",
    "authorization: Bearer $x",
    "-H",
    "content-type: application/json",
    "-H",
    "x-note: it's n'nx",
    "--data-raw",
    '{"clientSecret":"c"s","n":1,"path": "p","list":["l"]}',
  ]);
});

test("a body that is cut off or not kept says so", async () => {
  const cut = toCurl(request({ method: "PUT", requestBody: { text: "abc", size: 70_000, truncated: true } }));
  expect(cut).toMatch(/^# The body was cut off: 70000 bytes went out\.\ncurl -X PUT/);
  const binary = toCurl(request({ method: "PUT", requestBody: { text: null, size: 7, truncated: false } }));
  expect(await argumentsOf(binary)).toEqual([
    "-X",
    "PUT",
    "https://api.example.com/items",
    "-H",
    "content-type:",
    "--data-binary",
    "@body",
  ]);
});

test.skipIf(!hasCurl)("curl itself sends what the plug sent", async () => {
  await using server = await localServer((_, response) => response.end("ok"));
  const body = 'a=1\n&b=\'{"x":"$HOME `id` é"}\'@\\';
  const command = toCurl(
    request({
      method: "PATCH",
      url: `${server.url}/items/{a}?list[]=1&q=it's`,
      requestHeaders: {
        "x-empty": "",
        "x-note": "two  words",
        host: "elsewhere",
        "content-length": "3",
        "accept-encoding": "gzip",
      },
      requestBody: textBody(body),
    }),
  );
  await run("sh", ["-c", `${command} -sS --max-time 10`]);
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: "PATCH", url: "/items/{a}?list[]=1&q=it's" });
  expect(Buffer.from(seen?.body ?? "", "latin1").toString()).toBe(body);
  expect(seen?.headers).toMatchObject({ "x-empty": "", "x-note": "two  words" });
  expect(seen?.headers["content-type"]).toBeUndefined();
  await run("sh", ["-c", `${toCurl(request({ method: "HEAD", url: `${server.url}/h` }))} -sS --max-time 10`]);
  expect(server.seen[1]?.method).toBe("HEAD");
});
