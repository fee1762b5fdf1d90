import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { eq } from "drizzle-orm";
import { type AppDatabase, database } from "../database.ts";
import { processSingleton } from "../process-singleton.ts";
import { authAccount, authRateLimit, authSession, authUser, authVerification } from "./auth-tables.ts";
import { originOf } from "./request-origin.ts";
import { deriveSessionSecret, prepareSessionSecret } from "./session-secret.ts";

const DAY_SEC = 86_400;

/**
 * People and their sessions. There is no signing up: the first admin comes by a one-time link, everybody else is
 * made by an admin. Sign-in is limited to 20 attempts a minute per address, counted in the database.
 */
export const createAuth = (app: AppDatabase, secret: string) =>
  betterAuth({
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(app.db, {
      provider: "pg",
      schema: {
        user: authUser,
        session: authSession,
        account: authAccount,
        verification: authVerification,
        rateLimit: authRateLimit,
      },
      transaction: true,
    }),
    user: {
      // `input: false`: nobody sets these about themselves.
      additionalFields: {
        role: { type: "string", required: true, defaultValue: "viewer", input: false },
        tenants: { type: "string[]", required: true, defaultValue: [], input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    databaseHooks: {
      session: {
        create: {
          // The password was right: whoever knows it may know why they are not let in.
          before: async ({ userId }) => {
            const [person] = await app.db.select().from(authUser).where(eq(authUser.id, userId));
            if (person?.disabledAt)
              throw new APIError("FORBIDDEN", { code: "USER_DISABLED", message: "Switched off." });
          },
        },
      },
    },
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
    telemetry: { enabled: false },
    logger: { level: "error" },
  });

export type Auth = ReturnType<typeof createAuth>;

const SESSION_SECRET = "khotan.session-secret";

/** The one of this process. */
export const auth = (): Auth => processSingleton("khotan.auth", () => createAuth(database(), sessionSecret()));

/** Settle what sessions are signed with, once the tables are there and before anybody signs in. */
export const prepareAuth = async (): Promise<void> => {
  const { KHOTAN_SECRET: secret = "", KHOTAN_SECRET_PREVIOUS: previous } = process.env;
  const value = await prepareSessionSecret(database(), { secret, previous });
  processSingleton(SESSION_SECRET, () => value);
};

const sessionSecret = (): string =>
  processSingleton(SESSION_SECRET, () => deriveSessionSecret(process.env.KHOTAN_SECRET ?? ""));
