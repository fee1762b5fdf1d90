/** A file that `khotan init` wants to be there. */
export interface AppFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** A file of this name that says this is taken as set up, however it is written. */
  readonly sign: string;
}

const KHOTAN = `import { createHash, timingSafeEqual } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import { drizzleAdapter, khotan } from "khotan/factory";
import postgres from "postgres";

const url = process.env.DATABASE_URL ?? "postgres://localhost:5432/khotan";

// Next loads this file several times in one process; connections are made once.
const kept = globalThis as { khotanSql?: postgres.Sql };
kept.khotanSql ??= postgres(url, { max: 7 });

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Who may use the API: whoever has the key. Put your app's own session here, see docs. */
function authorize(request: Request): boolean {
  const key = process.env.KHOTAN_API_KEY;
  const given = request.headers.get("authorization")?.replace(/^Bearer /, "");
  return Boolean(key && given) && timingSafeEqual(digest(key ?? ""), digest(given ?? ""));
}

/** What this app integrates. To add a plug: \`npx khotan add plug acme\`, and a line here. */
export default khotan({
  adapter: drizzleAdapter(drizzle(kept.khotanSql), { url }),
  authorize,
  plugs: [],
});
`;

const route = (toRoot: string) => `import { toNextJsHandler } from "khotan/factory";
import hub from "${toRoot}khotan/khotan";

export const { GET, POST, PUT, PATCH, DELETE } = toNextJsHandler(hub.handler);
`;

const INSTRUMENTATION = `/** Runs once when Next starts: the hub migrates its tables, and handles what comes in. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { default: hub } = await import("./khotan/khotan");
  await hub.ready();
  if (process.env.KHOTAN_ROLE !== "web" && !process.env.VERCEL) await hub.start();
}
`;

const NEXT_CONFIG = `import { withKhotan } from "khotan/next";

export default withKhotan({});
`;

const ENVIRONMENT = `# Any Postgres from 14 on; a direct connection, no transaction pooler.
DATABASE_URL=postgres://user:password@localhost:5432/khotan
# Encrypts variables. At least 32 characters: openssl rand -hex 32
KHOTAN_SECRET=
# The key for scripts and the command line: openssl rand -hex 24
KHOTAN_API_KEY=
# The public address that providers call, e.g. https://app.example.com
KHOTAN_WEBHOOK_URL=
`;

const HUB_PAGE = `import { Hub } from "khotan/hub";

export default function Page() {
  return <Hub />;
}
`;

/**
 * Everything an app needs, below its source folder (`src/` or none).
 *
 * @param options.hub the Hub's page too: it needs an \`authorize\` that knows the browser's session
 */
export function appFiles(source: "src/" | "", options: { readonly hub: boolean }): AppFile[] {
  return [
    {
      path: "khotan.config.ts",
      sign: "defineConfig",
      text: `import { defineConfig } from "khotan";\n\nexport default defineConfig({ outputDir: "${source}khotan" });\n`,
    },
    { path: `${source}khotan/khotan.ts`, sign: "khotan/factory", text: KHOTAN },
    { path: `${source}app/api/khotan/[...all]/route.ts`, sign: "toNextJsHandler", text: route("../../../../") },
    { path: `${source}instrumentation.ts`, sign: "khotan", text: INSTRUMENTATION },
    { path: "next.config.ts", sign: "withKhotan", text: NEXT_CONFIG },
    { path: ".env.example", sign: "KHOTAN_SECRET", text: ENVIRONMENT },
    ...(options.hub ? [{ path: `${source}app/hub/[[...path]]/page.tsx`, sign: "khotan/hub", text: HUB_PAGE }] : []),
  ];
}
