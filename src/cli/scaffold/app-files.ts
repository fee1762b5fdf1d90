import type { PlannedFile } from "../add/add-plan.ts";
import { ACCOUNT_SIGN_IN_PATH, AUTH_PATH, SIGN_IN_PATH } from "./account-files.ts";
import { exampleFiles } from "./example-files.ts";

export interface AppFileOptions {
  /** The Hub's page and its sign-in too. */
  readonly hub: boolean;
  /** Where the Hub's page lives. Default `/hub`. */
  readonly hubPath?: string;
  /** A plug with a wire and a catch, to see a first webhook arrive. */
  readonly example?: boolean;
  /** What imports from the source folder begin with, e.g. `@/`. Default: relative ones. */
  readonly alias?: string | undefined;
  /** A module of the app below its source folder, without its ending, that exports its Drizzle handle `db`. */
  readonly database?: string | undefined;
  /** Who may use the hub stands in `authorize.ts`, since accounts are asked. Default: the key alone. */
  readonly authorize?: boolean;
  /** The Hub's page leads to the sign-in with an account. */
  readonly accounts?: boolean;
  /** The app's own Drizzle schema. */
  readonly schema?: string | undefined;
}

/** Everything an app needs, below its source folder (`src/` or none). */
export function appFiles(source: "src/" | "", options: AppFileOptions): PlannedFile[] {
  const { hubPath = "/hub", alias } = options;
  const apiDepth = "../".repeat(4);
  return [
    { path: "khotan.config.ts", text: configText(source, options.schema) },
    { path: `${source}khotan/khotan.ts`, text: hubText(options) },
    ...(options.example ? exampleFiles(`${source}khotan`) : []),
    { path: `${source}app/api/khotan/[...all]/route.ts`, text: routeText(`${alias ?? apiDepth}khotan/khotan`) },
    { path: `${source}instrumentation.ts`, text: INSTRUMENTATION },
    { path: "next.config.ts", text: NEXT_CONFIG },
    { path: ".env.example", text: options.authorize ? ENVIRONMENT + ADMINS : ENVIRONMENT },
    ...(options.hub
      ? [
          { path: `${source}app${hubPath}/[[...path]]/page.tsx`, text: pageText(hubPath, options.accounts === true) },
          { path: `${source}app${SIGN_IN_PATH}/route.ts`, text: signInText(hubPath) },
        ]
      : []),
  ];
}

const configText = (source: string, schema: string | undefined) => `import { defineConfig } from "khotan";

export default defineConfig({
  outputDir: "${source}khotan",
  basePath: "/api/khotan",${schema === undefined ? "" : `\n  schema: "${schema}",`}
});
`;

function hubText({ alias, database, authorize, example }: AppFileOptions): string {
  const library = [
    ...["drizzleAdapter", ...(authorize ? [] : ["keyAccess"]), "khotan"],
    ...(database ? [] : ["openDatabase"]),
  ];
  const own = [
    ...(database ? [`import { db } from "${alias ?? "../"}${database}";`] : []),
    ...(authorize ? ['import { authorize } from "./authorize";'] : []),
  ];
  const parts = example
    ? [
        'import { noteOrders } from "./catches/note-orders";',
        'import { hello } from "./plugs/hello";',
        'import { helloWire } from "./wires/hello-wire";',
      ]
    : [];
  const imports = [`import { ${library.join(", ")} } from "khotan/factory";`, ...own, ...parts].join("\n");
  const adapter = database
    ? "adapter: drizzleAdapter(db, { url: process.env.DATABASE_URL }),"
    : "adapter: drizzleAdapter(db, { url }),";
  return `${imports}

${database ? "" : "const { db, url } = openDatabase();\n\n"}${authorize ? "" : BY_KEY}/** What this app integrates. To add a plug: npx khotan add plug acme */
export default khotan({
  ${adapter}
  authorize,
  plugs: [${example ? "{ plug: hello, wires: [helloWire], catches: [noteOrders] }" : ""}],
});
`;
}

const BY_KEY = `/** Who may use the API and the Hub: whoever has KHOTAN_API_KEY. Put your app's own accounts here. */
const { authorize } = keyAccess();

`;

const routeText = (hub: string) => `import { toNextJsHandler } from "khotan/factory";
import { after } from "next/server";
import hub from "${hub}";

export const { GET, POST, PUT, PATCH, DELETE } = toNextJsHandler(hub.handler, { after });
`;

const INSTRUMENTATION = `/** Runs once when Next starts: brings the hub up, with a database of its own if DATABASE_URL is not set. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startKhotan } = await import("khotan/instrumentation");
    await startKhotan(() => import("./khotan/khotan"));
  }
}
`;

const NEXT_CONFIG = `import { withKhotan } from "khotan/next";

export default withKhotan({});
`;

/** Names and what they are for; values are the app's own. */
export const ENVIRONMENT = `# Any Postgres from 14 on; a direct connection, no transaction pooler. Not set: an embedded one in .khotan/
DATABASE_URL=
# Encrypts variables. At least 32 characters: openssl rand -hex 32
KHOTAN_SECRET=
# The key for scripts, the command line and the Hub's sign-in: openssl rand -hex 24
KHOTAN_API_KEY=
# The public address that providers call, e.g. https://app.example.com
KHOTAN_WEBHOOK_URL=
`;

/** More of the same where accounts are asked. */
export const ADMINS = `# Addresses of the accounts that may use the API and the Hub, with commas between
KHOTAN_ADMINS=
`;

function pageText(hubPath: string, accounts: boolean): string {
  const doors = accounts
    ? `signInPath="${ACCOUNT_SIGN_IN_PATH}" authPath="${AUTH_PATH}"`
    : `signInPath="${SIGN_IN_PATH}"`;
  return `import { Hub } from "khotan/hub";

export default function Page() {
  return <Hub ${hubPath === "/hub" ? "" : `basePath="${hubPath}" `}${doors} />;
}
`;
}

const signInText = (hubPath: string) => `import { keyAccess } from "khotan/factory";

/** Asks a browser for KHOTAN_API_KEY, once. */
export const { GET, POST } = keyAccess(${hubPath === "/hub" ? "" : `{ hubPath: "${hubPath}" }`});
`;
