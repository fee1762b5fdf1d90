import { hkdfSync } from "node:crypto";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { type AppDatabase, database } from "../database.ts";
import { processSingleton } from "../process-singleton.ts";
import { authAccount, authApiKey, authRateLimit, authSession, authUser, authVerification } from "./auth-tables.ts";
import { originOf } from "./request-origin.ts";

const DAY_SEC = 86_400;

/**
 * People, sessions and API keys. There is no signing up: the first admin comes by a one-time link, everybody else is
 * made by an admin. Sign-in is limited to 20 attempts a minute per address, counted in the database.
 */
export const createAuth = (app: AppDatabase, secret: string) =>
  betterAuth({
    basePath: "/api/auth",
    secret: deriveAuthSecret(secret),
    database: drizzleAdapter(app.db, {
      provider: "pg",
      schema: {
        user: authUser,
        session: authSession,
        account: authAccount,
        verification: authVerification,
        apikey: authApiKey,
        rateLimit: authRateLimit,
      },
      transaction: true,
    }),
    user: {
      // `input: false`: nobody sets these about themselves.
      additionalFields: {
        role: { type: "string", required: true, defaultValue: "viewer", input: false },
        tenants: { type: "string[]", required: true, defaultValue: [], input: false },
      },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    session: { expiresIn: 14 * DAY_SEC, updateAge: DAY_SEC },
    // The address a request came to is the one we serve; see `originOf`.
    trustedOrigins: (request) => (request ? [originOf(request)] : []),
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 20 },
        // The Hub asks at every load; it guesses nothing.
        "/get-session": false,
      },
    },
    advanced: {
      cookiePrefix: "khotan",
      // The same process may serve https behind a proxy and http on this machine: `Secure` is added per answer.
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    plugins: [
      apiKey({
        defaultPrefix: "kht_",
        enableMetadata: true,
        requireName: true,
        // Wrong keys are counted per address, in `key-attempts.ts`; a right one may work as much as it likes.
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: null, maxExpiresIn: 3_650 },
      }),
    ],
    telemetry: { enabled: false },
    logger: { level: "error", log },
  });

/** A wrong key is everyday life, counted in `key-attempts.ts`; better-auth would log each with a stack. */
const log = (_level: string, message: string, ...details: unknown[]): void => {
  if (!message.startsWith("Failed to validate API key")) console.error(`[auth] ${message}`, ...details);
};

export type Auth = ReturnType<typeof createAuth>;

/** The one of this process. */
export const auth = (): Auth =>
  processSingleton("khotan.auth", () => createAuth(database(), process.env.KHOTAN_SECRET ?? ""));

/** A key of its own for sessions, so that nothing signed here opens what KHOTAN_SECRET seals (RFC 5869). */
export const deriveAuthSecret = (secret: string): string => {
  if (secret.length < 32) throw new Error("KHOTAN_SECRET must have at least 32 characters.");
  return Buffer.from(hkdfSync("sha256", secret, "", "khotan/auth/v1", 32)).toString("base64url");
};
