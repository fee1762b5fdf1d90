import { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import {
  attemptSchema,
  auditSchema,
  deliverySchema,
  errorEnvelopeSchema,
  eventDetailSchema,
  eventSchema,
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
  Overview: overviewSchema,
  Variables: variablesSchema,
  Wire: wireSchema,
  Plug: plugSchema,
  Handler: handlerSchema,
  Run: runSchema,
  Event: eventSchema,
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
  const shapes = shapesOf(NAMED);
  const paths = nameRecords(document.paths ?? {}, shapes);
  return {
    ...document,
    paths,
    components: {
      schemas: Object.fromEntries(
        [...shapes].map(([text, name]) => [name, nameRecords(JSON.parse(text), shapes, text)]),
      ),
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, or `KHOTAN_API_KEY`." },
        session: { type: "apiKey", in: "cookie", name: "session", description: "What signing in to the Hub sets." },
        cronSecret: { type: "http", scheme: "bearer", description: "`CRON_SECRET`." },
      },
    },
  };
}

/** What each named record looks like in the document, as text, by that text. */
function shapesOf(named: Readonly<Record<string, z.ZodType>>): Map<string, string> {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  const content = Object.fromEntries(Object.entries(named).map(([name, schema]) => [`x/${name}`, { schema }]));
  openAPIRegistry.registerPath({ method: "get", path: "/", responses: { 200: { description: "", content } } });
  const rendered = getOpenAPI31Document({ openapi: "3.1.0", info: { title: "", version: "" } });
  const answers = renderedSchema.parse(rendered).paths["/"].get.responses["200"].content;
  return new Map(Object.keys(named).map((name) => [JSON.stringify(answers[`x/${name}`]?.schema), name]));
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
function nameRecords(value: unknown, shapes: ReadonlyMap<string, string>, self?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => nameRecords(item, shapes));
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  const name = text === self ? undefined : shapes.get(text);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nameRecords(part, shapes)]));
}
