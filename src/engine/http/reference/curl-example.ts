import type { JsonSchema, Operation } from "./document-model.ts";

const EXAMPLES: Readonly<Record<string, string>> = { plug: "stripe", tenant: "acme" };

/** The call as a line to paste into a shell. Keys are variables, never values. */
export function curlExample({ method, path, requestBody, ...operation }: Operation, base: string): string {
  const access = operation["x-khotan-access"];
  const url = base + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => EXAMPLES[name] ?? `$${name.toUpperCase()}`);
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} ${/\$/.test(url) ? `"${url}"` : url}`];
  if (operation.responses["200"]?.content?.["text/event-stream"]) lines[0] = lines[0]?.replace("curl", "curl -N") ?? "";
  if (access === "cron") lines.push('-H "authorization: Bearer $CRON_SECRET"');
  else if (access !== "open" && access !== "webhook") lines.push('-H "authorization: Bearer $KHOTAN_API_KEY"');
  const schema = requestBody?.content["application/json"]?.schema;
  if (schema) lines.push('-H "content-type: application/json"', `-d '${JSON.stringify(exampleOf(schema))}'`);
  return lines.join(" \\\n  ");
}

function exampleOf(schema: JsonSchema): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return schema.anyOf[0] ? exampleOf(schema.anyOf[0]) : null;
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([key, field]) => [key, exampleOf(field)]));
  }
  if (typeof schema.additionalProperties === "object") return { key: exampleOf(schema.additionalProperties) };
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return 1;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return schema.format === "uri" ? "https://hub.example.com" : "…";
  }
}
