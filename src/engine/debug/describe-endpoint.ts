import type { z } from "zod";
import { type DebugEndpoint, isMutating } from "../../contract/index.ts";
import type { EndpointDefinition } from "../plugs/index.ts";
import { exampleOf } from "./example-of.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";

const PARTS = ["params", "query", "headers", "body"] as const;
const known = new WeakMap<EndpointDefinition, DebugEndpoint>();

/** A declared endpoint as the debugger shows it. Made once: it never changes. */
export function describeEndpoint(name: string, endpoint: EndpointDefinition): DebugEndpoint {
  const made = known.get(endpoint);
  if (made?.name === name) return made;
  const described = describe(name, endpoint);
  known.set(endpoint, described);
  return described;
}

function describe(name: string, endpoint: EndpointDefinition): DebugEndpoint {
  const parts = PARTS.flatMap((part): [string, JsonSchema][] => {
    const schema = endpoint[part];
    return schema ? [[part, jsonSchemaOf(schema)]] : [];
  });
  const responses = Object.entries(endpoint.responses).map(
    ([status, schema]: [string, z.ZodType]) => [status, jsonSchemaOf(schema)] as const,
  );
  const examples = <Key extends string>(list: readonly (readonly [Key, JsonSchema])[]) =>
    Object.fromEntries(list.map(([key, schema]) => [key, exampleOf(schema)]));
  return {
    name,
    method: endpoint.method,
    path: endpoint.path,
    summary: endpoint.summary ?? null,
    mutating: isMutating(endpoint.method),
    bodyType: endpoint.bodyType ?? "json",
    paged: endpoint.pagination !== undefined,
    schemas: { ...Object.fromEntries(parts), responses: Object.fromEntries(responses) },
    examples: { ...examples(parts), responses: examples(responses) },
  };
}
