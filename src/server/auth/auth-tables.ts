import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Role } from "../../contract/roles.ts";
import type { Envelope } from "../../engine/security/secret-box.ts";

/**
 * The app's own tables for people, sessions and keys; the engine knows nothing of them. Columns are named as
 * better-auth 1.7 names its fields. `auth-migrations.ts` creates them.
 */
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const authUser = pgTable("auth_user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  role: text("role").$type<Role>().notNull().default("viewer"),
  /** The tenants this person may see and touch; `*` stands for all. */
  tenants: text("tenants").array().notNull().default(sql`'{}'`),
  /** Since when they may not sign in; their sessions ended and their keys stopped then. */
  disabledAt: instant("disabled_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

const ownedByUser = () =>
  text("user_id")
    .notNull()
    .references(() => authUser.id, { onDelete: "cascade" });

export const authSession = pgTable(
  "auth_session",
  {
    id: text("id").primaryKey(),
    userId: ownedByUser(),
    token: text("token").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_session_user").on(table.userId)],
);

export const authAccount = pgTable(
  "auth_account",
  {
    id: text("id").primaryKey(),
    userId: ownedByUser(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    /** A scrypt hash. */
    password: text("password"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_account_user").on(table.userId)],
);

export const authVerification = pgTable(
  "auth_verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_verification_identifier").on(table.identifier)],
);

export const authApiKey = pgTable(
  "auth_apikey",
  {
    id: text("id").primaryKey(),
    configId: text("config_id").notNull().default("default"),
    name: text("name"),
    /** The first characters, to tell keys apart in a list. */
    start: text("start"),
    prefix: text("prefix"),
    /** A SHA-256 hash; the key itself is shown once, when it is made. */
    key: text("key").notNull(),
    /** The person it belongs to, and whose rights it can never exceed; `null` for a key of the hub itself. */
    referenceId: text("reference_id").references(() => authUser.id, { onDelete: "cascade" }),
    refillInterval: integer("refill_interval"),
    refillAmount: integer("refill_amount"),
    lastRefillAt: instant("last_refill_at"),
    enabled: boolean("enabled").notNull().default(true),
    rateLimitEnabled: boolean("rate_limit_enabled").notNull().default(true),
    rateLimitTimeWindow: integer("rate_limit_time_window"),
    rateLimitMax: integer("rate_limit_max"),
    requestCount: integer("request_count").notNull().default(0),
    remaining: integer("remaining"),
    lastRequest: instant("last_request"),
    expiresAt: instant("expires_at"),
    permissions: text("permissions"),
    /** `{ "role"?, "tenants"? }`, narrowing what its owner may do. */
    metadata: text("metadata"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_apikey_key").on(table.key), index("auth_apikey_reference").on(table.referenceId)],
);

/** How often an address has tried to sign in lately; shared by all processes. */
export const authRateLimit = pgTable("auth_rate_limit", {
  id: text("id").primaryKey(),
  key: text("key").notNull().unique(),
  count: integer("count").notNull(),
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
});

/** Links that let the first admin in: a hash, an end, one use. */
export const authSetupToken = pgTable("auth_setup_token", {
  tokenHash: text("token_hash").primaryKey(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
});

/** One-time links by which a person chooses a password: at most one each; a hash, an end, one use. */
export const authLink = pgTable("auth_link", {
  userId: text("user_id")
    .primaryKey()
    .references(() => authUser.id, { onDelete: "cascade" }),
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
});

/** What has to outlive a change of KHOTAN_SECRET, sealed with it. */
export const authSealed = pgTable("auth_sealed", {
  name: text("name").primaryKey(),
  envelope: jsonb("envelope").$type<Envelope>().notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
