// `docs/api.md`, out of the contract. `npm run build:api-docs`; `--check` changes nothing and ends with 1 when it is out of date.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { api, ERROR_STATUS, type RouteDefinition } from "../src/contract/index.ts";

const PAGE = fileURLToPath(new URL("../docs/api.md", import.meta.url));

const INTRODUCTION = `# The API

Everything that the Hub and \`khotan\` do, they do by this API; so can a script. This page is made from the contract (\`src/contract\`) by
\`npm run build:api-docs\`. A running hub publishes the same as OpenAPI 3.1 at \`/api/khotan/openapi.json\`, with all fields of all answers, and
as a page at \`/api/khotan/reference\`.

\`\`\`sh
curl -sS -H "Authorization: Bearer $KHOTAN_API_KEY" http://localhost:3000/api/khotan/runs?status=failed
\`\`\`

- **Who may call.** \`open\` and \`webhook\`: everybody (a webhook proves itself by its signature); \`cron\`: who knows \`CRON_SECRET\`; \`viewer\`,
  \`operator\`, \`admin\`: that role and those above it. Without credentials the answer is 401.
- **Lists** are \`{ "items": […], "page": { "next": "…" | null, "limit": 50 } }\`; give \`next\` back as \`cursor\`.
- **Times** are ISO 8601 in UTC. **Tenants**: \`?tenant=\`, default \`default\`.
- **Changes** take an \`Idempotency-Key\`: the same key gives the same answer and does nothing twice.
- **Errors** are \`{ "error": { "code", "message", "hint"?, "issues"? }, "requestId" }\`; the codes stand [below](#error-codes).

In TypeScript each route has a name: \`createClient({ baseUrl, headers }).listRuns({ query: { status: "failed" } })\`, from \`khotan/client\`.
`;

/** What of a JSON Schema a table tells. */
const fieldsSchema = z.object({
  properties: z.record(z.string(), z.object({ description: z.string().optional() })).default({}),
  required: z.array(z.string()).default([]),
});

/** In a cell of a table, nothing may end it. */
const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;").trim();

/** What a caller sends: transforms and coercions are the server's affair. */
function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const json = fieldsSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const required = new Set(json.required);
  return Object.entries(json.properties).map(([name, field]) => {
    const about = field.description === undefined ? "" : `: ${field.description.replace(/\.$/, "")}`;
    return cell(`\`${name}\`${required.has(name) ? "" : "?"}${about}`);
  });
}

function rowOf([name, route]: readonly [string, RouteDefinition]): string {
  const query = fieldsOf(route.query);
  const body = fieldsOf(route.body);
  const takes = [
    ...(query.length > 0 ? [`query ${query.join(", ")}`] : []),
    ...(body.length > 0 ? [`body ${body.join(", ")}`] : route.body ? ["a body"] : []),
  ];
  const answers = Object.keys(route.responses).join(", ");
  const summary = /[.?!]$/.test(route.summary) ? route.summary : `${route.summary}.`;
  const what = takes.length > 0 ? `${summary} Takes ${takes.join("; ")}.` : summary;
  return `| \`${route.method.toUpperCase()} ${route.path}\` | ${route.access} | \`${name}\` | ${what} | ${answers} |`;
}

/** The page as it should be. */
export function apiPage(): string {
  const routes: readonly (readonly [string, RouteDefinition])[] = Object.entries(api);
  const tags = [...new Set(routes.map(([, { tag }]) => tag))];
  const parts = tags.map((tag) => {
    const rows = routes.filter(([, route]) => route.tag === tag).map(rowOf);
    return `## ${tag}\n\n| Route | Who | Name | What | Answers |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  const codes = Object.entries(ERROR_STATUS).map(([code, status]) => `| \`${code}\` | ${status} |`);
  const errors = `## Error codes\n\n| Code | Status |\n| --- | --- |\n${codes.join("\n")}\n`;
  return [INTRODUCTION, ...parts, errors].join("\n");
}

export const isApiPageCurrent = (): boolean => readFileSync(PAGE, "utf8") === apiPage();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--check")) writeFileSync(PAGE, apiPage());
  else if (!isApiPageCurrent()) {
    console.error("  docs/api.md is out of date: npm run build:api-docs");
    process.exitCode = 1;
  }
}
