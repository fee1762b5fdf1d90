import { expect, test } from "vitest";
import { curlExample } from "./curl-example.ts";
import type { Operation } from "./document-model.ts";

const operation = (more: Partial<Operation>): Operation => ({
  method: "GET",
  path: "/runs",
  operationId: "x",
  tags: [],
  summary: "",
  "x-khotan-access": "viewer",
  parameters: [],
  responses: {},
  ...more,
});

test("a call carries the key as a variable, and what it needs", () => {
  const body = { content: { "application/json": { schema: { properties: { enabled: { type: "boolean" } } } } } };
  expect(curlExample(operation({ method: "PATCH", path: "/plugs/{plug}", requestBody: body }), "http://h/api")).toBe(
    [
      "curl -X PATCH http://h/api/plugs/stripe \\",
      '  -H "authorization: Bearer $KHOTAN_API_KEY" \\',
      '  -H "content-type: application/json" \\',
      `  -d '{"enabled":true}'`,
    ].join("\n"),
  );
});

test("ids are the shell's variables, open calls carry no key, streams are not buffered", () => {
  expect(curlExample(operation({ path: "/runs/{id}" }), "http://h")).toMatch(/^curl "http:\/\/h\/runs\/\$ID"/);
  expect(curlExample(operation({ path: "/health", "x-khotan-access": "open" }), "http://h")).toBe(
    "curl http://h/health",
  );
  expect(curlExample(operation({ path: "/cron", "x-khotan-access": "cron" }), "http://h")).toContain("$CRON_SECRET");
  const responses = { "200": { description: "", content: { "text/event-stream": {} } } };
  expect(curlExample(operation({ path: "/stream", responses }), "http://h")).toMatch(/^curl -N /);
});
