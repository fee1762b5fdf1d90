import { z } from "zod";
import type { AuthStrategy } from "./auth/auth-strategy.ts";
import type { Pagination } from "./pagination/pagination.ts";

/** The options that plugs and endpoints share, as registration checks them. */
/** RFC 9110 §5.6.2. */
export const headerNameSchema = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "This is not a header name.");
const msSchema = z.number().nonnegative().max(86_400_000);
export const functionSchema = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === "function",
  "Give a function.",
);

export const timeoutSchema = z.union([
  msSchema,
  z.strictObject({ connect: msSchema, headers: msSchema, body: msSchema, total: msSchema }).partial(),
]);

export const retrySchema = z.union([
  z.literal(false),
  z.number().int().min(1).max(10),
  z.strictObject({
    attempts: z.number().int().min(1).max(10).optional(),
    baseMs: msSchema.optional(),
    maxMs: msSchema.optional(),
    maxRetryAfterMs: msSchema.optional(),
    statuses: z.array(z.number().int().min(100).max(599)).optional(),
    methods: z.array(z.string().min(1)).optional(),
    shouldRetry: functionSchema.optional(),
  }),
]);

export const rateLimitSchema = z
  .strictObject({
    perSecond: z.number().positive().optional(),
    perMinute: z.number().positive().optional(),
    burst: z.number().int().min(1).optional(),
  })
  .refine(
    (limit) => (limit.perSecond === undefined) !== (limit.perMinute === undefined),
    "Give perSecond or perMinute, one of them.",
  );

export const authSchema = z.custom<AuthStrategy | (() => AuthStrategy)>(
  (value) => typeof value === "function" || isStrategy(value),
  "Give bearer(…), basic(…), apiKey(…), hmacSigned(…), tokenExchange(…), oauth2(…), custom(…), none(), or a function of the variables that returns one.",
);

const isStrategy = (value: unknown): value is AuthStrategy =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  "apply" in value &&
  typeof value.apply === "function";

const isPagination = (value: unknown): value is Pagination =>
  typeof value === "object" && value !== null && "kind" in value && "next" in value && typeof value.next === "function";

export const paginationSchema = z.custom<Pagination>(
  isPagination,
  "Give pagination.offset(…), .cursor(…), .linkHeader(…) or another.",
);

export const zodSchema = z.custom<z.ZodType>((value) => value instanceof z.ZodType, "Give a Zod schema.");
