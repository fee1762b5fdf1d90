import { z } from "zod";
import { plugNameSchema } from "../page.ts";

/** Without `only`, a description with more operations than this is listed and not written. */
export const MAX_UNCHOSEN_OPERATIONS = 100;
/** Most operations that one request may ask for. */
export const MAX_CHOSEN_OPERATIONS = 200;

/** What to make a plug of: an `openapi` document, or a `curl` command. */
export const importPlugSchema = z
  .strictObject({
    openapi: z
      .union([z.record(z.string(), z.unknown()), z.string()], "An OpenAPI document, as an object or as text.")
      .optional()
      .describe(
        "OpenAPI 3.0 or 3.1: the document, or its JSON or YAML text (YAML up to 2 MiB). No address is fetched.",
      ),
    curl: z
      .string()
      .max(200_000)
      .optional()
      .describe("A command, as documentation and browsers give it. It is not run."),
    name: plugNameSchema.optional().describe("Default: from the document's title, or from the host."),
    only: z
      .array(z.string().max(500))
      .min(1)
      .max(MAX_CHOSEN_OPERATIONS)
      .optional()
      .describe('Which operations of the document, by `id` or as "GET /path".'),
    source: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional()
      .describe("Where the document came from. Stands in the file, and is the host of servers that are only a path."),
    check: z
      .enum(["strict", "warn"])
      .optional()
      .describe("What happens with answers that do not fit the document; default `strict`."),
  })
  .refine(({ openapi, curl }) => (openapi === undefined) !== (curl === undefined), {
    message: "Give `openapi` or `curl`.",
    path: ["openapi"],
  })
  .refine(({ curl, only, source, check }) => curl === undefined || (only ?? source ?? check) === undefined, {
    message: "`only`, `source` and `check` belong to `openapi`.",
    path: ["curl"],
  });
export type ImportPlug = z.output<typeof importPlugSchema>;

export const importedPlugSchema = z.object({
  name: z.string().describe("The plug's name."),
  path: z.string().describe("Where the file belongs in an app, e.g. `src/khotan/plugs/shop.ts`."),
  source: z
    .string()
    .nullable()
    .describe(
      `The TypeScript file, formatted. \`null\` when the document has more than ${MAX_UNCHOSEN_OPERATIONS} operations and \`only\` is missing.`,
    ),
  operations: z
    .array(
      z.object({
        id: z.string().describe("What `only` takes."),
        method: z.string(),
        path: z.string(),
        summary: z.string().nullable(),
      }),
    )
    .optional()
    .describe("All operations of the document, to choose from. Only when `only` is missing."),
  warnings: z
    .array(z.object({ path: z.string().describe("Where in the document or the command."), message: z.string() }))
    .describe("What the plug does not say, and what is a guess."),
});
export type ImportedPlug = z.infer<typeof importedPlugSchema>;
