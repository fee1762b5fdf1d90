import { randomBytes } from "node:crypto";
import { relative } from "node:path/posix";
import type { AddPlan, PlannedEdit, PlannedFile } from "../add/add-plan.ts";
import { relativeImport } from "../edit/relative-import.ts";
import { planSkills } from "../skills/plan-skills.ts";
import { accountEdits, accountFiles, accountSteps } from "./account-files.ts";
import { ADMINS, appFiles, ENVIRONMENT } from "./app-files.ts";
import { drizzleFiles } from "./drizzle-files.ts";
import { DRIZZLE_BY_HAND, editDrizzleConfig } from "./edit-drizzle-config.ts";
import { editInstrumentation, instrumentationByHand } from "./edit-instrumentation.ts";
import { editLines, type WantedLine } from "./edit-lines.ts";
import { editMatcher, MATCHER_BY_HAND } from "./edit-matcher.ts";
import { editNextConfig, NEXT_CONFIG_BY_HAND } from "./edit-next-config.ts";
import type { AppSurvey } from "./survey-app.ts";

export interface InitOptions {
  /** The Hub's page too. */
  readonly hub: boolean;
  /** Also secrets in `.env.local`, and an example to see a first webhook arrive. */
  readonly full: boolean;
  readonly hubPath?: string;
  /** Accounts by better-auth guard it. */
  readonly auth?: boolean;
  /** Skills for coding assistants too. */
  readonly skills?: boolean;
}

/** What `khotan init` would do to an app. Files that are there are edited where that is safe, and never written over. */
export function planInit(app: AppSurvey, { full, hub, hubPath, auth, skills }: InitOptions): AddPlan {
  const { source, files } = app;
  const outputDir = `${source}khotan`;
  // One page is enough, wherever it is.
  const at = app.hubPage?.hubPath ?? hubPath ?? "/hub";
  // Accounts that are there are asked; only those that were wished for are made.
  const accounts = auth === true || app.auth.ours;
  const asks = accounts || (app.auth.theirs !== undefined && files.hub === undefined);
  const drizzle = files.drizzleConfig === undefined ? drizzleFiles(source, app.schema) : [];
  const wanted = appFiles(source, {
    hub: hub || full,
    hubPath: at,
    example: full,
    alias: app.alias,
    database: files.database?.slice(source.length).replace(/(\/index)?\.ts$/, ""),
    authorize: asks,
    accounts: accounts && app.auth.theirs === undefined,
    schema: app.schema ?? (drizzle.length > 0 ? `./${source}db/schema.ts` : undefined),
  });
  const importPath = (file: string, module: string) =>
    app.alias === undefined ? relativeImport(file, module) : app.alias + module.slice(source.length);
  const place = { source, outputDir, hubPath: at, auth: app.auth.theirs };
  // These may be there under another ending, or as somebody's own.
  const there: Readonly<Record<string, string | undefined>> = {
    "khotan.config.ts": files.khotanConfig,
    "next.config.ts": files.nextConfig,
    [`${source}instrumentation.ts`]: files.instrumentation,
    [`${source}app${at}/[[...path]]/page.tsx`]: app.hubPage?.path,
  };
  const create = wanted.filter(({ path }) => there[path] === undefined);
  const guide = skills ? planSkills(outputDir) : undefined;
  return {
    files: [
      ...create,
      ...drizzle,
      ...(asks ? accountFiles({ ...place, importPath }) : []),
      ...(guide?.files ?? []),
      ...(full
        ? [
            { path: ".env.local", text: "" },
            { path: ".gitignore", text: "" },
          ]
        : []),
    ],
    edits: [
      ...sourceEdits(app),
      ...(auth ? accountEdits({ outputDir, auth: app.auth.theirs, hubPage: app.hubPage, ending: "" }) : []),
      ...lineEdits(create, full, asks),
      ...(guide?.edits ?? []),
    ],
    next: [...(full ? NEXT_FULL : NEXT), ...(auth ? accountSteps(app.auth.theirs === undefined) : [])],
  };
}

const NEXT = ["fill in the variables of .env.example in .env.local", "npm run dev", "npx khotan doctor"];
const NEXT_FULL = [
  "npm run dev",
  "npx khotan wires connect hello --var webhookSecret=whsec_aGVsbG8td29ybGQtaGVsbG8td29ybGQ=",
  "npx khotan trigger generic order.created --plug hello --secret whsec_aGVsbG8td29ybGQtaGVsbG8td29ybGQ=",
];

/** Through syntax trees. */
function sourceEdits({ source, files }: AppSurvey): PlannedEdit[] {
  const { nextConfig, instrumentation, proxy, drizzleConfig } = files;
  const hub = `./${relative(source || ".", `${source}khotan/khotan`)}`;
  return [
    ...(nextConfig ? [{ path: nextConfig, byHand: NEXT_CONFIG_BY_HAND, edit: editNextConfig }] : []),
    ...(instrumentation
      ? [
          {
            path: instrumentation,
            byHand: instrumentationByHand(hub),
            edit: (text: string) => editInstrumentation(text, hub),
          },
        ]
      : []),
    ...(proxy ? [{ path: proxy, byHand: MATCHER_BY_HAND, edit: editMatcher }] : []),
    ...(drizzleConfig ? [{ path: drizzleConfig, byHand: DRIZZLE_BY_HAND, edit: editDrizzleConfig }] : []),
  ];
}

/** Variables that are made up here, once; `.env.local` is for this machine alone, and git must not see it. */
function lineEdits(create: readonly PlannedFile[], full: boolean, asks: boolean): PlannedEdit[] {
  const names = [...(ENVIRONMENT + (asks ? ADMINS : "")).matchAll(/^(\w+)=/gm)].flatMap(([, name]) => name ?? []);
  const template: WantedLine[] = names.map((name) => ({ line: `${name}=`, sign: new RegExp(`^#?\\s*${name}=`) }));
  const secret = (name: string, bytes: number): WantedLine => ({
    line: `${name}=${randomBytes(bytes).toString("hex")}`,
    sign: new RegExp(`^${name}=.`),
  });
  const local = [secret("KHOTAN_SECRET", 32), secret("KHOTAN_API_KEY", 24)];
  const ignored = [
    { line: ".khotan/", sign: /^\/?\.khotan\/?$/ },
    { line: ".env.local", sign: /^\/?\.env(\*|\.local|\*\.local|\.\*)$/ },
  ];
  const lines = (path: string, wanted: readonly WantedLine[]): PlannedEdit => ({
    path,
    byHand: `Add what it lacks of:\n${wanted.map(({ line }) => line.replace(/=.*/, "=")).join("\n")}`,
    edit: (text) => editLines(text, wanted),
  });
  return [
    ...(create.some(({ path }) => path === ".env.example") ? [lines(".env.example", template)] : []),
    ...(full ? [lines(".gitignore", ignored), lines(".env.local", local)] : []),
  ];
}
