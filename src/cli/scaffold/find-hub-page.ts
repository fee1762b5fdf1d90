import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The catch-all page that shows the Hub. */
export interface HubPage {
  /** From the project's root. */
  readonly path: string;
  /** Where a browser finds it, e.g. `/admin/integrations`. */
  readonly hubPath: string;
}

/** Looks through the pages of an app for the one that imports `khotan/hub`. */
export async function findHubPage(folder: string, source: "src/" | ""): Promise<HubPage | undefined> {
  const root = `${source}app`;
  const names = await readdir(join(folder, root), { recursive: true }).catch((): string[] => []);
  for (const name of names.map((one) => one.replaceAll("\\", "/")).sort()) {
    const [, place] = /^(.*)\/\[\[\.\.\.\w+\]\]\/page\.[jt]sx$/.exec(name) ?? [];
    if (place === undefined) continue;
    const text = await readFile(join(folder, root, name), "utf8").catch(() => "");
    if (!/from\s+["']khotan\/hub["']/.test(text)) continue;
    // Groups and slots are no part of an address.
    const parts = place.split("/").filter((part) => !/^(\(.*\)|@.*)$/.test(part));
    return { path: `${root}/${name}`, hubPath: `/${parts.join("/")}` };
  }
  return undefined;
}
