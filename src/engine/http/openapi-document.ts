import { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import {
  attemptSchema,
  auditSchema,
  deliverySchema,
  errorEnvelopeSchema,
  eventDetailSchema,
  eventSchema,
  exchangeDetailSchema,
  exchangeSchema,
  failureSchema,
  handlerSchema,
  logLineSchema,
  overviewSchema,
  plugSchema,
  rejectionSchema,
  runDetailSchema,
  runSchema,
  variableFieldSchema,
  variablesSchema,
  wireSchema,
} from "../../contract/index.ts";
import { VERSION } from "../version.ts";
import type { RequestEnv } from "./mount.ts";

/** Records that have a name of their own in the document; larger ones may contain smaller ones. */
const NAMED = {
  RunDetail: runDetailSchema,
  EventDetail: eventDetailSchema,
  ExchangeDetail: exchangeDetailSchema,
  Overview: overviewSchema,
  Variables: variablesSchema,
  Wire: wireSchema,
  Plug: plugSchema,
  Handler: handlerSchema,
  Run: runSchema,
  Event: eventSchema,
  Exchange: exchangeSchema,
  Delivery: deliverySchema,
  Rejection: rejectionSchema,
  Audit: auditSchema,
  Attempt: attemptSchema,
  LogLine: logLineSchema,
  VariableField: variableFieldSchema,
  Failure: failureSchema,
  ErrorAnswer: errorEnvelopeSchema,
};

const DESCRIPTION = [
  "Lists are paged by key: give `page.next` back as `cursor`. Times are ISO 8601 in UTC.",
  "Every error has the shape of `ErrorAnswer`; its `requestId` stands in the header `x-request-id` too.",
  "`x-khotan-access` says who may call: `open` and `webhook` everybody, `cron` the scheduler, else a role and those above it.",
].join("\n\n");

/** This API as an OpenAPI 3.1 document, made from the routes that were mounted. */
export function openApiDocument(app: OpenAPIHono<RequestEnv>, basePath: string): Record<string, unknown> {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Khotan", version: VERSION, description: DESCRIPTION },
    servers: [{ url: basePath }],
  });
  const { own, references } = shapesOf(NAMED);
  const paths = nameRecords(document.paths ?? {}, references);
  return {
    ...document,
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(own).map(([name, schema]) => [name, nameRecords(schema, references, JSON.stringify(schema))]),
      ),
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, or `KHOTAN_API_KEY`." },
        session: { type: "apiKey", in: "cookie", name: "session", description: "What signing in to the Hub sets." },
        cronSecret: { type: "http", scheme: "bearer", description: "`CRON_SECRET`." },
      },
    },
  };
}

interface Shapes {
  /** What each record looks like, by its name. */
  readonly own: Readonly<Record<string, unknown>>;
  /** What stands for it elsewhere, by what it looks like as text; the same for "it or null". */
  readonly references: ReadonlyMap<string, unknown>;
}

function shapesOf(named: Readonly<Record<string, z.ZodType>>): Shapes {
  const plain = renderSchemas(named);
  const nullable = renderSchemas(
    Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, schema.nullable()])),
  );
  const references = new Map<string, unknown>();
  for (const name of Object.keys(named)) {
    const reference = { $ref: `#/components/schemas/${name}` };
    references.set(JSON.stringify(plain[name]), reference);
    references.set(JSON.stringify(nullable[name]), { anyOf: [reference, { type: "null" }] });
  }
  return { own: plain, references };
}

/** Schemas as the document writes them. */
function renderSchemas(named: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  const content = Object.fromEntries(Object.entries(named).map(([name, schema]) => [`x/${name}`, { schema }]));
  openAPIRegistry.registerPath({ method: "get", path: "/", responses: { 200: { description: "", content } } });
  const rendered = getOpenAPI31Document({ openapi: "3.1.0", info: { title: "", version: "" } });
  const answers = renderedSchema.parse(rendered).paths["/"].get.responses["200"].content;
  return Object.fromEntries(Object.keys(named).map((name) => [name, answers[`x/${name}`]?.schema]));
}

const renderedSchema = z.object({
  paths: z.object({
    "/": z.object({
      get: z.object({
        responses: z.object({ "200": z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }) }),
      }),
    }),
  }),
});

/** Replace every part that is a named record by a reference to it. @param self the record that is being defined itself */
function nameRecords(value: unknown, references: Shapes["references"], self?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => nameRecords(item, references));
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  const reference = text === self ? undefined : references.get(text);
  if (reference !== undefined) return reference;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nameRecords(part, references)]));
}
