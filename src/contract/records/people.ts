import { z } from "zod";
import { tenantSchema, timeSchema } from "../page.ts";
import { ROLES } from "../roles.ts";

/** `"*"` for all tenants, or those that may be seen and touched. */
const tenantsSchema = z.union([z.literal("*"), z.array(tenantSchema).min(1).max(100)]);

/** `invited` has not chosen a password yet. */
export const USER_STATUSES = ["active", "invited", "disabled"] as const;

const userFields = {
  name: z.string().trim().min(1).max(100),
  email: z.email().max(200).describe("Unique; what they sign in with."),
  role: z.enum(ROLES),
  tenants: tenantsSchema.describe('`"*"` for all, or 1 to 100 names.'),
};

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  tenants: z.union([z.literal("*"), z.array(z.string())]),
  status: z.enum(USER_STATUSES),
  self: z.boolean().describe("Whether it is you."),
  sessions: z.number().int().describe("Browsers that are signed in now."),
  lastSeenAt: timeSchema
    .nullable()
    .describe("When a session was last begun or prolonged, within a day; `null`: never."),
  keys: z.number().int().describe("API keys that belong to them."),
  linkExpiresAt: timeSchema.nullable().describe("Until when their one-time link works; `null`: there is none."),
  createdAt: timeSchema,
});
export type UserRecord = z.infer<typeof userSchema>;

export const oneTimeLinkSchema = z.object({
  url: z.string().describe("Whoever opens it first chooses the password. It is not shown again."),
  expiresAt: timeSchema,
});
export type OneTimeLink = z.infer<typeof oneTimeLinkSchema>;

export const createUserSchema = z.strictObject({
  ...userFields,
  role: userFields.role.default("viewer"),
  tenants: userFields.tenants.default("*"),
  signIn: z
    .enum(["link", "password"])
    .default("link")
    .describe("`link`: a one-time link to choose a password. `password`: one is made."),
});
export type CreateUser = z.output<typeof createUserSchema>;

export const createdUserSchema = z.object({
  user: userSchema,
  link: oneTimeLinkSchema.nullable(),
  password: z.string().nullable().describe("The initial password. It is not shown again."),
});
export type CreatedUser = z.infer<typeof createdUserSchema>;

export const updateUserSchema = z
  .strictObject({
    name: userFields.name,
    role: userFields.role,
    tenants: userFields.tenants,
    disabled: z.boolean().describe("`true` ends their sessions and stops their keys at once."),
  })
  .partial();
export type UpdateUser = z.output<typeof updateUserSchema>;

/** The least and most days a key may live. */
export const MAX_KEY_DAYS = 3_650;

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string().describe("Its first characters, to tell keys apart."),
  role: z.enum(ROLES).describe("What it may do now: never more than its owner."),
  tenants: z.union([z.literal("*"), z.array(z.string())]),
  owner: z
    .object({ id: z.string(), name: z.string(), email: z.string(), disabled: z.boolean() })
    .nullable()
    .describe("Whose it is; `null` for a key of the hub itself, made by `KHOTAN_API_KEY` or by another such key."),
  expiresAt: timeSchema.nullable(),
  expired: z.boolean(),
  lastUsedAt: timeSchema.nullable().describe("Within half a minute; `null`: never."),
  createdAt: timeSchema,
});
export type ApiKeyRecord = z.infer<typeof apiKeySchema>;

export const createApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  role: userFields.role.default("viewer"),
  tenants: userFields.tenants.default("*"),
  expiresInDays: z
    .number()
    .int()
    .min(1)
    .max(MAX_KEY_DAYS)
    .nullable()
    .default(null)
    .describe(`1 to ${MAX_KEY_DAYS}; \`null\`: until it is revoked.`),
});
export type CreateApiKey = z.output<typeof createApiKeySchema>;

export const createdApiKeySchema = z.object({
  key: apiKeySchema,
  secret: z.string().describe("For `Authorization: Bearer …`. It is not shown again."),
});
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;
