import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { plugFromCurl } from "./curl/plug-from-curl.ts";
import { MAX_YAML_LENGTH } from "./import-plug.ts";
import { plugFromOpenApi } from "./openapi/plug-from-openapi.ts";
import { shopDocument } from "./testing/documents.ts";
import { githubDocument } from "./testing/github-document.ts";

const TOKEN = "sk_live_51H8x0kYz3vQ9";
const CURL = `curl https://api.stripe.com/v1/customers -u ${TOKEN}: -d name=Jo`;

let database: TestDatabase;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: [] });
  await hub.khotan.ready();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const send = (body: unknown) => hub.send("operator", "POST", "/plugs/import", { body });

test("is protected", async () => {
  expect((await hub.send(null, "POST", "/plugs/import", { body: { curl: CURL } })).status).toBe(401);
  expect((await hub.send("viewer", "POST", "/plugs/import", { body: { curl: CURL } })).status).toBe(403);
  expect((await send({ curl: CURL })).status).toBe(200);
});

test("gives what the library gives, and the operations to choose from", async () => {
  const whole = plugFromOpenApi(shopDocument);
  const { json } = await send({ openapi: shopDocument });
  expect(json).toMatchObject({ name: whole.name, path: `src/khotan/plugs/${whole.name}.ts`, source: whole.code });
  expect(json.warnings).toEqual(whole.warnings);
  const ids: string[] = json.operations.map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(whole.endpoints.length);

  const [first = ""] = ids;
  const options = { only: [first], name: "mine", source: "https://shop.example/openapi.json", check: "warn" as const };
  const one = await send({ openapi: shopDocument, ...options });
  expect(one.json).toEqual({
    name: "mine",
    path: "src/khotan/plugs/mine.ts",
    source: plugFromOpenApi(shopDocument, options).code,
    warnings: plugFromOpenApi(shopDocument, options).warnings,
  });
});

test("takes the text of a document, JSON or YAML", async () => {
  const { code } = plugFromOpenApi(shopDocument);
  for (const openapi of [JSON.stringify(shopDocument), stringify(shopDocument, { aliasDuplicateObjects: false })]) {
    expect((await send({ openapi })).json.source).toBe(code);
  }
});

test("lists GitHub's 1,223 operations, and writes those that are chosen", { timeout: 60_000 }, async () => {
  const openapi = githubDocument();
  const { json } = await send({ openapi });
  expect(json).toMatchObject({ name: "github", path: "src/khotan/plugs/github.ts", source: null, warnings: [] });
  expect(json.operations).toHaveLength(1_223);
  const only = ["repos/get", "GET /user"];
  const ids = json.operations.map(({ id }: { id: string }) => id);
  expect(ids).toContain("repos/get");
  expect(new Set(ids).size).toBe(ids.length);
  const chosen = await send({ openapi, only });
  expect(chosen.json.source).toBe(plugFromOpenApi(openapi, { only }).code);
  expect(chosen.json.operations).toBeUndefined();
});

test("every id can be chosen, also where operationIds are missing or used twice", async () => {
  const operation = { responses: { 204: { description: "Done." } } };
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Twice", version: "1" },
    servers: [{ url: "https://twice.example" }],
    paths: {
      "/a": { get: { ...operation, operationId: "same" }, post: { ...operation, operationId: "same" } },
      "/b/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        delete: operation,
      },
    },
  };
  const { json } = await send({ openapi });
  const ids = json.operations.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(["GET /a", "POST /a", "DELETE /b/{id}"]);
  for (const id of ids) {
    const { method, path } = json.operations.find((each: { id: string }) => each.id === id);
    const { source } = (await send({ openapi, only: [id] })).json;
    expect(source).toContain(`method: "${method}"`);
    expect(source).toContain(`path: "${path}"`);
    expect(source.match(/method: /g)).toHaveLength(1);
  }
});

test("takes a curl command, and keeps its secret to itself", async () => {
  const { name, code, warnings } = plugFromCurl(CURL);
  const { json } = await hub.send("operator", "POST", "/plugs/import", {
    body: { curl: CURL },
    headers: { "idempotency-key": "once" },
  });
  expect(json).toEqual({ name, path: "src/khotan/plugs/stripe.ts", source: code, warnings });
  expect(JSON.stringify(json)).not.toContain(TOKEN);
  const kept = await hub.sql`select * from khotan_idempotency`;
  expect(kept).toEqual([]);
});

test.each<[string, object, string, string]>([
  ["nothing", {}, "validation_failed", "openapi"],
  ["both", { openapi: shopDocument, curl: CURL }, "validation_failed", "openapi"],
  ["a wish that a command cannot have", { curl: CURL, only: ["x"] }, "validation_failed", "curl"],
  ["an unknown field", { curl: CURL, url: "https://a.example" }, "validation_failed", ""],
  ["a bad name", { curl: CURL, name: "../up" }, "validation_failed", "name"],
  ["no source", { openapi: shopDocument, source: "file:///etc/passwd" }, "validation_failed", "source"],
  ["an empty choice", { openapi: shopDocument, only: [] }, "validation_failed", "only"],
  ["an unknown operation", { openapi: shopDocument, only: ["ordersGot"] }, "operation_unknown", "only[0]"],
  ["Swagger 2", { openapi: { swagger: "2.0" } }, "openapi_invalid", "swagger"],
  ["no OpenAPI at all", { openapi: "hello" }, "openapi_invalid", "(document)"],
  ["a lot of YAML", { openapi: `a: ${"x".repeat(MAX_YAML_LENGTH)}` }, "openapi_invalid", "openapi"],
  ["a command that runs another", { curl: "curl https://a.example/$(id)" }, "curl_invalid", "line 1, column 24"],
  ["a command of another program", { curl: "wget https://a.example" }, "curl_invalid", "line 1, column 1"],
])("refuses %s with the path of the mistake", async (_what, body, code, path) => {
  const answer = await send(body);
  expect(answer.status).toBe(422);
  expect(answer.json.error).toMatchObject({ code, issues: [{ path }] });
});

test("fetches nothing, whatever addresses are in a document", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/openapi.json`;
  const alone = await send({ openapi: url });
  expect(alone.json.error).toMatchObject({ code: "openapi_invalid", issues: [{ path: "openapi" }] });
  const schema = { $ref: `${url}#/components/schemas/Order` };
  const pointing = await send({
    openapi: {
      openapi: "3.1.0",
      info: { title: "Pointing", version: "1" },
      servers: [{ url }],
      externalDocs: { url },
      paths: {
        "/a": { get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } } },
      },
    },
    source: url,
  });
  expect(pointing.json.error.message).toContain("points out of this document");
  expect((await send({ curl: `curl ${url}` })).status).toBe(200);
  expect(asked).toBe(0);
  await new Promise((resolve) => server.close(resolve));
});

test("takes no more than 16 MiB, and other routes no more than before", async () => {
  const raw = JSON.stringify({ openapi: "x".repeat(16 * 1024 * 1024) });
  const headers = { "content-type": "application/json" };
  expect((await hub.send("operator", "POST", "/plugs/import", { raw, headers })).status).toBe(413);
  const big = JSON.stringify({ name: "x".repeat(1024 * 1024), request: {} });
  expect((await hub.send("operator", "POST", "/debug/any/saved", { raw: big, headers })).status).toBe(413);
});

test("has an answer for documents without a bottom", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  expect((await send({ openapi: `openapi: 3.1.0\npaths: {}\nx: ${deep}` })).json.error.code).toBe("openapi_invalid");
  expect((await send({ curl: `curl https://a.example --json '${deep}'` })).status).toBe(200);
});
