import { z } from "zod";
import { TENANT_PATTERN } from "./names.ts";

/** Wrap a record's schema into the shape of every list answer. Lists are paged by key, never by offset. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    page: z.object({
      next: z.string().nullable().describe("Give it back as `cursor` for the next page; `null` on the last one."),
      limit: z.number().int(),
    }),
  });

/** Query parameters that every list takes. */
export const listQuery = z.object({
  cursor: z.string().max(400).optional().describe("`page.next` of the page before; left out for the first."),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("Rows per page, 1 to 200; default 50."),
});

/** An ISO 8601 time. */
export const timeSchema = z.iso.datetime({ offset: true });

/** A tenant's name: 1 to 64 letters, digits, `.`, `_` or `-`. */
export const tenantSchema = z.string().regex(TENANT_PATTERN, "A tenant is 1 to 64 letters, digits, '.', '_' or '-'.");

/** A plug's name, as it stands in URLs. */
export const plugNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "A plug's name is lower-case letters, digits and '-', at most 63.");

/** Several values of one parameter: `status=failed,dead`. */
export const listOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(z.enum(values)))
    .describe(`One or several of ${values.map((value) => `\`${value}\``).join(", ")}, separated by commas.`);

export { DEFAULT_TENANT } from "./names.ts";
