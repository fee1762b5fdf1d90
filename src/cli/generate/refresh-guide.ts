import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { App } from "../add/read-app.ts";
import { editGuide, GUIDE } from "../skills/edit-guide.ts";
import type { Refreshed } from "./refresh.ts";

/** Khotan's part of `AGENTS.md`, where there is one. */
export async function refreshGuide(
  { folder, outputDir }: Pick<App, "folder" | "outputDir">,
  options: { readonly dryRun: boolean },
): Promise<Refreshed | undefined> {
  const text = await readFile(join(folder, GUIDE), "utf8").catch(() => "");
  if (!text.includes("khotan:begin")) return undefined;
  const edit = editGuide(text, outputDir);
  if (edit.state === "manual") return { path: GUIDE, state: "edited" };
  if (edit.state === "there") return { path: GUIDE, state: "current" };
  if (!options.dryRun) await writeFile(join(folder, GUIDE), edit.text);
  return { path: GUIDE, state: "refreshed" };
}
