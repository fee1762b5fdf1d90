import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type FoundAuth, findAuth } from "./find-auth.ts";
import { findHubPage, type HubPage } from "./find-hub-page.ts";

/** What `khotan init` finds out about an app before it plans anything. */
export interface AppSurvey {
  readonly folder: string;
  /** Where its code lies. */
  readonly source: "src/" | "";
  /** What imports from there begin with, e.g. `@/`; `undefined` when nothing stands for that folder. */
  readonly alias: string | undefined;
  readonly packageManager: PackageManager;
  /** Packages that its package.json names. */
  readonly packages: ReadonlySet<string>;
  readonly files: {
    /** By their first names, e.g. `next.config`: the file that is there, whatever its ending. */
    readonly nextConfig: string | undefined;
    readonly instrumentation: string | undefined;
    readonly proxy: string | undefined;
    readonly drizzleConfig: string | undefined;
    readonly khotanConfig: string | undefined;
    readonly hub: string | undefined;
    /** A module that exports a Drizzle handle on Postgres as `db`. */
    readonly database: string | undefined;
  };
  readonly auth: FoundAuth;
  readonly hubPage: HubPage | undefined;
  /** The app's own Drizzle schema, as its Drizzle config says; without one a file where such a schema usually lies. */
  readonly schema: string | undefined;
}

export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

const DATABASE_FILES = [
  "db/index",
  "db",
  "db/drizzle",
  "db/client",
  "lib/db",
  "lib/db/index",
  "server/db",
  "server/db/index",
];
const SCHEMA_FILES = ["db/schema", "db/schema/index", "lib/db/schema", "lib/schema", "server/db/schema"];

/** Looks at the files of an app and runs none of them. `null` when it is no Next app. */
export async function surveyApp(folder: string): Promise<AppSurvey | null> {
  const read = (path: string) => readFile(join(folder, path), "utf8").catch(() => undefined);
  const packages = packagesOf(await read("package.json"));
  if (!packages?.has("next")) return null;
  const source = (await isThere(join(folder, "src/app"))) || !(await isThere(join(folder, "app"))) ? "src/" : "";
  const first = async (names: readonly string[], endings: readonly string[], fits = (_: string) => true) => {
    for (const path of names.flatMap((name) => endings.map((ending) => `${name}.${ending}`))) {
      const text = await read(path);
      if (text !== undefined && fits(text)) return path;
    }
    return undefined;
  };
  const scripts = ["ts", "mts", "mjs", "js", "cjs"];
  const inSource = (names: readonly string[]) => names.map((name) => source + name);
  const drizzleConfig = await first(["drizzle.config"], scripts);
  const named = /\bschema\s*:\s*["'`]([^"'`$]+)["'`]/.exec((drizzleConfig && (await read(drizzleConfig))) ?? "")?.[1];
  return {
    folder,
    source,
    alias: aliasOf((await read("tsconfig.json")) ?? (await read("jsconfig.json")), source),
    packageManager: await packageManagerOf(folder),
    packages,
    files: {
      nextConfig: await first(["next.config"], scripts),
      instrumentation: await first(inSource(["instrumentation"]), ["ts", "js"]),
      proxy: await first(inSource(["proxy", "middleware"]), ["ts", "js"]),
      drizzleConfig,
      khotanConfig: await first(["khotan.config"], scripts),
      hub: await first(inSource(["khotan/khotan"]), ["ts"]),
      database: await first(inSource(DATABASE_FILES), ["ts"], isDrizzleHandle),
    },
    auth: await findAuth(read, source),
    hubPage: await findHubPage(folder, source),
    schema: drizzleConfig ? named : prefixed(await first(inSource(SCHEMA_FILES), ["ts"], isDrizzleSchema)),
  };
}

/** As drizzle-kit and `khotan.config.ts` write it. */
const prefixed = (path: string | undefined) => path && `./${path}`;

const isThere = (path: string) => access(path).then(...([() => true, () => false] as const));

/** Only drivers that the adapter takes. */
const isDrizzleHandle = (text: string) =>
  /from\s+["']drizzle-orm\/(postgres-js|node-postgres)["']/.test(text) && /export\s+const\s+db\b/.test(text);

const isDrizzleSchema = (text: string) => /from\s+["']drizzle-orm\/pg-core["']/.test(text);

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

function packagesOf(manifest: string | undefined): Set<string> | undefined {
  try {
    const { dependencies, devDependencies } = manifestSchema.parse(JSON.parse(manifest ?? ""));
    return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  } catch {
    return undefined;
  }
}

/** Read by eye: a tsconfig has comments and commas that JSON does not have. */
function aliasOf(config: string | undefined, source: string): string | undefined {
  const wanted = source === "" ? [".", ""] : ["./src", "src"];
  for (const [, alias, target] of (config ?? "").matchAll(/"([^"\s]+\/)\*"\s*:\s*\[\s*"([^"]*?)\/?\*"\s*\]/g)) {
    if (target !== undefined && wanted.includes(target)) return alias;
  }
  return undefined;
}

const LOCKS: Readonly<Record<string, PackageManager>> = {
  "package-lock.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "pnpm-workspace.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/** By the lock file of the app, or of the monorepo around it. */
async function packageManagerOf(folder: string): Promise<PackageManager> {
  const names = await readdir(folder).catch((): string[] => []);
  const lock = Object.keys(LOCKS).find((name) => names.includes(name));
  if (lock !== undefined) return LOCKS[lock] ?? "npm";
  const above = dirname(folder);
  return above === folder || names.includes(".git") ? "npm" : packageManagerOf(above);
}
