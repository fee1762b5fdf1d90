import { posix } from "node:path";
import { addCron } from "../edit/add-cron.ts";
import { addSchema } from "../edit/add-schema.ts";
import { useAuthorize } from "../edit/use-authorize.ts";
import { appFiles, SIGN_IN_PATH } from "../scaffold/app-files.ts";
import { planSkills } from "../skills/plan-skills.ts";
import type { AddPlan } from "./add-plan.ts";
import { PIECES, pieceText } from "./pieces.ts";
import { type App, hubFile } from "./read-app.ts";
import { AUTH, authorizeText, authRoute } from "./templates/auth.ts";

type Plan = (app: App) => AddPlan;

/** A module as another one imports it, without an ending. */
const fromFile = (file: string, module: string): string => {
  const path = posix.relative(posix.dirname(file), module);
  return path.startsWith(".") ? path : `./${path}`;
};

const hub: Plan = ({ source }) => ({
  files: appFiles(source, { hub: true })
    .filter(({ path }) => /\/app\/hub\/|^app\/hub\//.test(path) || path.includes(SIGN_IN_PATH))
    .map((file) => ({ ...file, origin: { by: "add", kind: "hub" } as const })),
  edits: [],
  next: ["npm run dev, then open /hub"],
});

const cron: Plan = (app) => {
  const path = `${app.source}app/api/khotan-cron/route.ts`;
  const text = `import hub from "${fromFile(path, `${app.outputDir}/khotan`)}${app.ending}";

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

const schema: Plan = (app) => {
  const path = `${app.outputDir}/schema.ts`;
  return {
    files: [
      {
        path,
        text: '/** Khotan\'s tables, for queries, relations and drizzle-kit. */\nexport * from "khotan/schema";\n',
        origin: { by: "add", kind: "schema" },
      },
    ],
    edits: app.drizzleConfig
      ? [
          {
            path: app.drizzleConfig,
            byHand: `Add to its schema: "./${path}"`,
            edit: (text) => addSchema(text, `./${path}`),
          },
        ]
      : [],
    manual: app.drizzleConfig
      ? []
      : [{ about: "drizzle.config.ts", todo: `Name "./${path}" in its schema. (it is not there)` }],
    notes: ['Khotan migrates its tables itself; "!khotan_*" in tablesFilter keeps drizzle-kit from changing them.'],
    next: ["npx khotan migrate --plan"],
  };
};

const auth: Plan = (app) => {
  const module = `${app.source}lib/auth`;
  const route = `${app.source}app/api/auth/[...all]/route.ts`;
  const authorize = `${app.outputDir}/authorize.ts`;
  return {
    files: [
      { path: `${module}.ts`, text: AUTH },
      { path: route, text: authRoute(fromFile(route, module) + app.ending) },
      { path: authorize, text: authorizeText(fromFile(authorize, module) + app.ending) },
    ],
    edits: [
      {
        path: hubFile(app),
        byHand: `Ask ./authorize: import { authorize } from "./authorize${app.ending}"; and authorize in khotan({ … })`,
        edit: useAuthorize,
        needs: { path: authorize, exported: "authorize" },
      },
    ],
    packages: ["better-auth@1.7.5", "pg", "@types/pg"],
    next: [
      "npm install better-auth@1.7.5 pg @types/pg",
      "npx @better-auth/cli migrate",
      "name the admins in KHOTAN_ADMINS",
    ],
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
