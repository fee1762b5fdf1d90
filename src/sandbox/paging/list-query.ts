import { z } from "zod";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxContext } from "../http/sandbox-env.ts";
import type { ListFilter } from "../store/collection.ts";

export const PAGE_SIZE = { default: 20, max: 100 } as const;

const filter = z.object({
  updatedSince: z.iso.datetime({ offset: true }).optional(),
  includeDeleted: z.enum(["true", "false"]).optional(),
  sort: z.enum(["id", "updatedAt"]).optional(),
});

export const pageSize = z.coerce.number().int().min(1).max(PAGE_SIZE.max).default(PAGE_SIZE.default);

/** The query by its schema, or a 400 naming what is wrong. */
export function query<Schema extends z.ZodType>(c: SandboxContext, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(c.req.query());
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path, message }));
  throw new ApiProblem(400, "invalid_query", "The query has wrong values.", { issues });
}

/**
 * What every list understands: `updatedSince` (inclusive), `includeDeleted=true`, `sort=id|updatedAt`.
 * Without `sort`, a list since some time comes in the order of change and any other by id.
 */
export function listFilter(c: SandboxContext): ListFilter {
  const { updatedSince, includeDeleted, sort } = query(c, filter);
  return {
    updatedSince: updatedSince === undefined ? undefined : new Date(updatedSince).toISOString(),
    includeDeleted: includeDeleted === "true",
    sort: sort ?? (updatedSince === undefined ? "id" : "updatedAt"),
  };
}
