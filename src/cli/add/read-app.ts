import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { importEnding } from "../edit/add-import.ts";
import { findHub, type RegisteredPlug, registeredPlugs } from "../edit/find-hub.ts";
import { parseSource } from "../edit/source-tree.ts";
import { type FoundAuth, findAuth } from "../scaffold/find-auth.ts";
import { findHubPage, type HubPage } from "../scaffold/find-hub-page.ts";

/** What is known of the app of a folder. */
export interface App {
  readonly folder: string;
  /** Where its code lies. */
  readonly source: "src/" | "";
  /** Where its integrations lie, e.g. `src/khotan`. */
  readonly outputDir: string;
  /** Where its API is mounted. */
  readonly basePath: string;
  /** How its modules write the endings of relative imports. */
  readonly ending: string;
  /** The Drizzle config that is there. */
  readonly drizzleConfig: string | undefined;
  readonly auth: FoundAuth;
  readonly hubPage: HubPage | undefined;
  /** As `khotan.ts` shows them. */
  readonly plugs: readonly RegisteredPlug[];
}

/** The hub's own file, from the project's root. */
export const hubFile = (app: App): string => `${app.outputDir}/khotan.ts`;

/** Looks at the files of an app; a config is read and not run, since it may import what is not installed yet. */
export async function readApp(folder: string): Promise<App> {
  const isThere = (path: string) => access(join(folder, path)).then(...([() => true, () => false] as const));
  const source = (await isThere("src/app")) || !(await isThere("app")) ? "src/" : "";
  const config = await firstText(folder, ["khotan.config.ts", "khotan.config.mjs", "khotan.config.js"]);
  const setting = (name: string) => new RegExp(`${name}\\s*:\\s*["'\`]([^"'\`]+)["'\`]`).exec(config ?? "")?.[1];
  const outputDir = setting("outputDir")?.replace(/^\.\/|\/+$/g, "") ?? `${source}khotan`;
  const hub = await firstText(folder, [`${outputDir}/khotan.ts`]);
  const configs = ["ts", "mts", "mjs", "js"].map((ending) => `drizzle.config.${ending}`);
  const drizzleConfig = (await Promise.all(configs.map(isThere))).flatMap((there, at) => (there ? configs[at] : []))[0];
  return {
    ...{ folder, source, outputDir, drizzleConfig, basePath: setting("basePath") ?? "/api/khotan" },
    auth: await findAuth((path) => firstText(folder, [path]), source),
    hubPage: await findHubPage(folder, source),
    ...readHub(hub),
  };
}

function readHub(text: string | undefined): Pick<App, "ending" | "plugs"> {
  try {
    const program = parseSource(text ?? "");
    const options = findHub(program);
    return { ending: importEnding(program), plugs: options ? registeredPlugs(program, options) : [] };
  } catch {
    return { ending: "", plugs: [] }; // told when something is to be registered
  }
}

/** The text of the first of these files that is there. */
export async function firstText(folder: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const text = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}
