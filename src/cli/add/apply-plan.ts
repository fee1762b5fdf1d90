import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { entryOf, readManifest, writeManifest } from "../generate/manifest.ts";
import type { AddPlan, ManualStep, PlannedEdit } from "./add-plan.ts";

/** What was done, path by path. */
export interface Applied {
  readonly created: readonly string[];
  readonly edited: readonly string[];
  /** There already, and left as they are. */
  readonly kept: readonly string[];
  readonly manual: readonly ManualStep[];
}

/**
 * Do what a plan says, or with `dryRun` find out what that would be. Files that are there are never written over; what
 * cannot be edited safely becomes a step for a person.
 */
export async function applyPlan(folder: string, plan: AddPlan, options: { dryRun: boolean }): Promise<Applied> {
  const created: string[] = [];
  const edited: string[] = [];
  const kept: string[] = [];
  const manual: ManualStep[] = [...(plan.manual ?? [])];
  const will = new Map<string, string>();
  const read = async (path: string) =>
    will.get(path) ?? (await readFile(join(folder, path), "utf8").catch(() => undefined));
  for (const { path, text } of plan.files) {
    if ((await read(path)) !== undefined) kept.push(path);
    else if (options.dryRun || (await writeNew(join(folder, path), text))) {
      will.set(path, text);
      created.push(path);
    } else kept.push(path);
  }
  for (const wish of plan.edits) {
    const text = await read(wish.path);
    const reason = text === undefined ? "it is not there" : await missing(wish, read);
    const edit = reason ? ({ state: "manual", why: reason } as const) : wish.edit(text ?? "");
    if (edit.state === "manual") manual.push({ about: wish.path, todo: `${wish.byHand}\n(${edit.why})` });
    else if (edit.state === "there") kept.push(wish.path);
    else {
      if (!options.dryRun) await writeFile(join(folder, wish.path), edit.text);
      will.set(wish.path, edit.text);
      edited.push(wish.path);
    }
  }
  const tracked = plan.files.filter(({ path, origin }) => origin && created.includes(path));
  if (tracked.length > 0 && !options.dryRun) {
    const { files } = await readManifest(folder);
    const entries = tracked.flatMap(({ path, text, origin }) =>
      origin ? [[path, entryOf(text, origin)] as const] : [],
    );
    await writeManifest(folder, { files: { ...files, ...Object.fromEntries(entries) } });
  }
  return { created, edited: [...new Set(edited)], kept: [...new Set(kept)], manual };
}

/** A file of that name may be somebody's own, with other contents. */
async function missing(
  { needs }: PlannedEdit,
  read: (path: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  if (!needs) return undefined;
  const exports = new RegExp(
    `export\\s+(const|let|var|(async\\s+)?function|class)\\s+${needs.exported}\\b|export\\s*\\{[^}]*\\b${needs.exported}\\b`,
  );
  return exports.test((await read(needs.path)) ?? "") ? undefined : `${needs.path} does not export ${needs.exported}`;
}

/** `false` when somebody else made it meanwhile. */
async function writeNew(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
