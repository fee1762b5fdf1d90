/** Accounts of the app's own, by better-auth, on the database that the hub has. */
export const AUTH = `import { createHmac, randomUUID } from "node:crypto";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { getMigrations } from "better-auth/db/migration";
import { openDatabase } from "khotan/factory";

const { pool } = openDatabase();

/** What sessions are signed with: made from KHOTAN_SECRET, so that there is no second one to keep. No build has one. */
const secret = createHmac("sha256", process.env.KHOTAN_SECRET || randomUUID()).update("sessions").digest("hex");

const options = {
  secret: process.env.BETTER_AUTH_SECRET || secret,
  database: pool,
  // Nobody signs up by themselves: whoever has KHOTAN_API_KEY makes accounts, by POST /api/khotan-accounts.
  emailAndPassword: { enabled: true, disableSignUp: true },
  // Beside Khotan's tables, which drizzle-kit is told to leave alone.
  user: { modelName: "khotan_auth_user" },
  session: { modelName: "khotan_auth_session" },
  account: { modelName: "khotan_auth_account" },
  verification: { modelName: "khotan_auth_verification" },
  trustedOrigins: (request) => (request ? originsOf(request.headers) : []),
  advanced: { database: { validateSchema: false } },
  logger: { level: "error" },
} satisfies BetterAuthOptions;

/** Pages of the host that a browser asked, which behind a proxy Next does not know. */
function originsOf(headers: Headers): string[] {
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return host ? [\`https://\${host}\`, \`http://\${host}\`] : [];
}

// Next loads this file several times in one process.
const kept = globalThis as { authTables?: Promise<void> };

/** Makes the tables that are missing; of several processes one does it, and the rest wait. */
export function authTables(): Promise<void> {
  kept.authTables ??= makeTables().catch((error) => {
    kept.authTables = undefined;
    throw error;
  });
  return kept.authTables;
}

async function makeTables(): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock(1801547895)");
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
  } finally {
    client.release(true); // its end is the lock's end
  }
}

/** Accounts and sessions. */
export const auth = betterAuth({ ...options, hooks: { before: createAuthMiddleware(() => authTables()) } });
`;

export const authRoute = (auth: string): string => `import { toNextJsHandler } from "better-auth/next-js";
import { auth } from "${auth}";

export const { GET, POST } = toNextJsHandler(auth);
`;

export const accountsRoute = (auth: string): string => `import { keyAccess } from "khotan/factory";
import { z } from "zod";
import { auth, authTables } from "${auth}";

const accountSchema = z.object({
  email: z.email().toLowerCase(),
  name: z.string().min(1).max(200),
  password: z.string().min(8).max(128),
});

/**
 * Makes an account, or gives it another password: whoever has KHOTAN_API_KEY may. Who of them may use the Hub is said by
 * KHOTAN_ADMINS.
 */
export async function POST(request: Request): Promise<Response> {
  if (!keyAccess().authorize(request)) return Response.json({ error: "This takes KHOTAN_API_KEY." }, { status: 401 });
  const { data, error } = accountSchema.safeParse(await request.json().catch(() => null));
  if (!data) return Response.json({ error: z.prettifyError(error) }, { status: 422 });
  await authTables();
  const { internalAdapter, password } = await auth.$context;
  const hash = await password.hash(data.password);
  const known = await internalAdapter.findUserByEmail(data.email, { includeAccounts: true });
  const fresh = { email: data.email, name: data.name, emailVerified: true };
  const user = known?.user ?? (await internalAdapter.createUser(fresh, { method: "email-password" }));
  if (known?.accounts.some(({ providerId }) => providerId === "credential")) {
    await internalAdapter.updatePassword(user.id, hash);
    await internalAdapter.deleteUserSessions(user.id); // whoever knew the old one
  } else {
    await internalAdapter.linkAccount({ userId: user.id, accountId: user.id, providerId: "credential", password: hash });
  }
  return Response.json({ id: user.id, email: user.email }, { status: known ? 200 : 201 });
}
`;

export function accountSignInPage(hubPath: string): string {
  const paths = `authPath="/api/auth" hubPath="${hubPath}"`;
  return `import { SignInPage } from "khotan/hub";
import { Suspense } from "react";

type Props = { searchParams: Promise<{ next?: string | string[] }> };

/** Asks for an account's e-mail address and password. */
export default function Page(props: Props) {
  return (
    <Suspense>
      <SignIn {...props} />
    </Suspense>
  );
}

async function SignIn({ searchParams }: Props) {
  const { next } = await searchParams;
  return <SignInPage ${paths} next={next} />;
}
`;
}

export const authorizeText = (auth: string): string => `import { keyAccess } from "khotan/factory";
import { auth } from "${auth}";

const byKey = keyAccess();
const admins = (process.env.KHOTAN_ADMINS ?? "").toLowerCase().split(/[\\s,]+/).filter(Boolean);

/** Who may use the API and the Hub: whoever has KHOTAN_API_KEY, and the accounts whose addresses KHOTAN_ADMINS lists. */
export async function authorize(request: Request) {
  const script = byKey.authorize(request);
  if (script) return script;
  const user = (await auth.api.getSession({ headers: request.headers }))?.user;
  if (!user?.emailVerified || !admins.includes(user.email.toLowerCase())) return false;
  return { id: user.id, name: user.name, role: "admin" as const, tenants: "*" as const };
}
`;
