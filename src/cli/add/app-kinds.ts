import { addCron } from "../edit/add-cron.ts";
import { relativeImport } from "../edit/relative-import.ts";
import { accountEdits, accountFiles, accountSteps, BETTER_AUTH, SIGN_IN_PATH } from "../scaffold/account-files.ts";
import { appFiles } from "../scaffold/app-files.ts";
import { DRIZZLE_BY_HAND, editDrizzleConfig } from "../scaffold/edit-drizzle-config.ts";
import { planSkills } from "../skills/plan-skills.ts";
import type { AddPlan } from "./add-plan.ts";
import { PIECES, pieceText } from "./pieces.ts";
import type { App } from "./read-app.ts";

type Plan = (app: App) => AddPlan;

const hub: Plan = ({ source, auth, hubPage }) => ({
  files: appFiles(source, { hub: true, hubPath: hubPage?.hubPath, accounts: auth.ours })
    .filter(
      ({ path }) => path.includes(SIGN_IN_PATH) || path === (hubPage?.path ?? `${source}app/hub/[[...path]]/page.tsx`),
    )
    .map((file) => ({ ...file, origin: { by: "add", kind: "hub" } as const })),
  edits: [],
  next: [`npm run dev, then open ${hubPage?.hubPath ?? "/hub"}`],
});

const cron: Plan = (app) => {
  const path = `${app.source}app/api/khotan-cron/route.ts`;
  const text = `import hub from "${relativeImport(path, `${app.outputDir}/khotan`)}${app.ending}";

/** Vercel's scheduler asks by GET, with CRON_SECRET as bearer token; what is due is done within the request. */
export const GET = (request: Request): Promise<Response> =>
  hub.handler(new Request(new URL("${app.basePath}/cron", request.url), { method: "POST", headers: request.headers }));
`;
  return {
    files: [
      { path, text, origin: { by: "add", kind: "cron" } },
      { path: "vercel.json", text: "{}\n" },
    ],
    edits: [
      {
        path: "vercel.json",
        byHand: 'Add to crons: { "path": "/api/khotan-cron", "schedule": "* * * * *" }',
        edit: (now) => addCron(now, { path: "/api/khotan-cron", schedule: "* * * * *" }),
      },
    ],
    next: [
      "set CRON_SECRET at the host: openssl rand -hex 24",
      "curl -H 'authorization: Bearer …' localhost:3000/api/khotan-cron",
    ],
  };
};

/** Not for drizzle-kit: it would write migrations for tables that Khotan makes itself. */
const schema: Plan = (app) => {
  const path = `${app.outputDir}/tables.ts`;
  return {
    files: [
      {
        path,
        text: "/** Khotan's tables, for queries and relations. Khotan makes and changes them itself: no schema of drizzle-kit's. */\nexport * from \"khotan/schema\";\n",
        origin: { by: "add", kind: "schema" },
      },
    ],
    edits: app.drizzleConfig ? [{ path: app.drizzleConfig, byHand: DRIZZLE_BY_HAND, edit: editDrizzleConfig }] : [],
    notes: [
      `Khotan migrates its tables itself: leave ${path} out of drizzle-kit's schema, which "!khotan_*" in tablesFilter keeps from dropping them.`,
    ],
    next: ["npx khotan migrate --plan"],
  };
};

const auth: Plan = (app) => {
  const { source, outputDir, ending, hubPage } = app;
  const isOurs = app.auth.theirs === undefined;
  const place = { source, outputDir, auth: app.auth.theirs, hubPath: hubPage?.hubPath ?? "/hub" };
  const importPath = (file: string, module: string) => relativeImport(file, module) + ending;
  const packages = isOurs ? Object.entries(BETTER_AUTH).map(([name, range]) => `${name}@${range}`) : [];
  return {
    files: accountFiles({ ...place, importPath }),
    edits: accountEdits({ outputDir, auth: app.auth.theirs, hubPage, ending }),
    packages,
    next: [...packages.map((one) => `npm install "${one}"`), ...accountSteps(isOurs)],
  };
};

const piece =
  (kind: string): Plan =>
  ({ source, basePath }) => {
    const { component = "", ofPlug } = PIECES[kind] ?? {};
    const path = `${source}components/khotan/${kind}.tsx`;
    return {
      files: [{ path, text: pieceText(kind, basePath), origin: { by: "add", kind } }],
      edits: [],
      next: [`put it on a page: <${component} ${ofPlug ? 'plug="…" ' : ""}/>`],
    };
  };

/** What is added to the app around the hub, by the name it has on the command line. */
export const APP_KINDS: Readonly<Record<string, Plan>> = {
  schema,
  hub,
  ...Object.fromEntries(Object.keys(PIECES).map((kind) => [kind, piece(kind)])),
  auth,
  cron,
  skills: ({ outputDir }) => planSkills(outputDir),
};
