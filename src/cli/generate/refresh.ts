import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digest, entryOf, type Manifest, type Origin, readManifest, writeManifest } from "./manifest.ts";

/** What became of a generated file. */
export interface Refreshed {
  readonly path: string;
  /** `edited` and `gone` are left as they are; `failed` says why in `message`. */
  readonly state: "current" | "refreshed" | "edited" | "gone" | "failed";
  readonly message?: string;
}

/**
 * Make generated files anew. One that a person edited or removed is never touched.
 *
 * @param make the text a file would have now; `undefined` when nothing makes it any more
 */
export async function refresh(
  folder: string,
  make: (origin: Origin, path: string) => Promise<string | undefined>,
  options: { readonly dryRun: boolean },
): Promise<Refreshed[]> {
  const { files } = await readManifest(folder);
  const entries: Record<string, Manifest["files"][string]> = { ...files };
  const results: Refreshed[] = [];
  for (const [path, entry] of Object.entries(files)) {
    const there = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (there === undefined) results.push({ path, state: "gone" });
    else if (digest(there) !== entry.sha256) results.push({ path, state: "edited" });
    else {
      try {
        const text = await make(entry.origin, path);
        const isCurrent = text === undefined || digest(text) === entry.sha256;
        if (!isCurrent && !options.dryRun) await writeFile(join(folder, path), text);
        if (text !== undefined) entries[path] = entryOf(text, entry.origin);
        results.push({ path, state: isCurrent ? "current" : "refreshed" });
      } catch (error) {
        results.push({ path, state: "failed", message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  const isChanged = JSON.stringify(entries) !== JSON.stringify(files);
  if (isChanged && !options.dryRun) await writeManifest(folder, { files: entries });
  return results;
}
