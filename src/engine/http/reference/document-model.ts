import { z } from "zod";

/** A JSON schema as the reference shows one; anything else in it is left alone. */
const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  format: z.string().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schemaSchema).optional();
  },
  get items() {
    return schemaSchema.optional();
  },
  get anyOf() {
    return z.array(schemaSchema).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schemaSchema]).optional();
  },
});
export type JsonSchema = z.output<typeof schemaSchema>;

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema.optional() }));

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: schemaSchema,
});
export type Parameter = z.output<typeof parameterSchema>;

const operationSchema = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string().optional(),
  "x-khotan-access": z.string(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z
    .object({ required: z.boolean().optional(), description: z.string().optional(), content: contentSchema })
    .optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.optional() })),
});

/** What the reference page reads of the OpenAPI document. */
const documentSchema = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
});
export type DocumentModel = z.output<typeof documentSchema>;

export interface Operation extends z.output<typeof operationSchema> {
  readonly method: string;
  readonly path: string;
}

/** Read the document, and its operations in the order of the contract, by tag. */
export function readDocument(document: unknown): { model: DocumentModel; groups: Map<string, Operation[]> } {
  const model = documentSchema.parse(document);
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(model.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? "Other";
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }]);
    }
  }
  return { model, groups };
}
