/** Accounts of the app's own, by better-auth. */
export const AUTH = `import { betterAuth } from "better-auth";
import { Pool } from "pg";

// Next loads this file several times in one process; connections are made once.
const kept = globalThis as { authPool?: Pool };
kept.authPool ??= new Pool({ connectionString: process.env.DATABASE_URL, max: 3 });

/** Accounts and sessions. Nobody signs up by themselves: allow it here, or make accounts in a script. */
export const auth = betterAuth({
  database: kept.authPool,
  emailAndPassword: { enabled: true, disableSignUp: true },
});
`;

export const authRoute = (auth: string): string => `import { toNextJsHandler } from "better-auth/next-js";
import { auth } from "${auth}";

export const { GET, POST } = toNextJsHandler(auth);
`;

export const authorizeText = (auth: string): string => `import { keyAccess } from "khotan/factory";
import { auth } from "${auth}";

const byKey = keyAccess();
const admins = (process.env.KHOTAN_ADMINS ?? "").split(",").filter(Boolean);

/** Who may use the API and the Hub: whoever has KHOTAN_API_KEY, and the accounts whose addresses KHOTAN_ADMINS lists. */
export async function authorize(request: Request) {
  const script = byKey.authorize(request);
  if (script) return script;
  const user = (await auth.api.getSession({ headers: request.headers }))?.user;
  if (!user?.emailVerified || !admins.includes(user.email)) return false;
  return { id: user.id, name: user.name, role: "admin" as const, tenants: "*" as const };
}
`;
