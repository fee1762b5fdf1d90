import { z } from "zod";
import type { CacheScope } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";

/** A named place for values that a flow or a handler wants back later. */
export interface Cache<Value = unknown> {
  readonly name: string;
  readonly scope: CacheScope;
  /** `null`: for ever. */
  readonly ttlMs: number | null;
  readonly schema: z.ZodType<Value> | null;
}

export interface CacheOptions<Value> {
  /** Lower-case letters, digits, `_` and `-`. */
  readonly name: string;
  /** `tenant` (default): every tenant has its own entries; `global`: one set for all. */
  readonly scope?: CacheScope;
  /** How long an entry lives, in milliseconds. Default: for ever. */
  readonly ttlMs?: number;
  /** Checks what goes in and what comes out; a stored value that no longer fits counts as missing. */
  readonly schema?: z.ZodType<Value>;
}

const optionsSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,62}$/, "A cache's name is lower-case letters, digits, '_' and '-', at most 63."),
  scope: z.enum(["tenant", "global"]).default("tenant"),
  ttlMs: z
    .int()
    .min(1)
    .max(10 * 365 * 86_400_000)
    .optional(),
  schema: z.custom<z.ZodType>((value) => value instanceof z.ZodType, "This is not a zod schema.").optional(),
});

/**
 * Declare a cache, for `caches: [...]` of the factory.
 *
 * @example
 * export const rates = cache({ name: "rates", scope: "global", ttlMs: 3_600_000, schema: z.record(z.string(), z.number()) });
 * @throws KhotanConfigError naming every wrong option.
 */
export function cache<Value = unknown>(options: CacheOptions<Value>): Cache<Value> {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map((issue) => ({ path: `cache.${issue.path.join(".")}`, message: issue.message })),
    );
  }
  const { name, scope, ttlMs = null } = checked.data;
  return { name, scope, ttlMs, schema: options.schema ?? null };
}
