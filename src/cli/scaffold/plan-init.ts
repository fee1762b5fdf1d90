import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { examineApp } from "../doctor/examine-app.ts";
import { type AppFile, appFiles } from "./app-files.ts";

export interface InitPlan {
  readonly create: readonly AppFile[];
  /** There already, and set up. */
  readonly kept: readonly string[];
  /** What a person has to do: files that are there and lack something are never written to. */
  readonly manual: readonly { readonly about: string; readonly todo: string }[];
}

/** Names that a file may already have. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  "next.config.ts": ["next.config.mjs", "next.config.js"],
  "khotan.config.ts": ["khotan.config.mjs", "khotan.config.js"],
};

/** What `khotan init` would do in a folder. Looks only. */
export async function planInit(folder: string, options: { readonly hub: boolean }): Promise<InitPlan> {
  const isThere = (path: string) =>
    access(join(folder, path)).then(
      () => true,
      () => false,
    );
  const source = (await isThere("src/app")) || !(await isThere("app")) ? "src/" : "";
  const create: AppFile[] = [];
  const kept: string[] = [];
  const manual: { about: string; todo: string }[] = [];
  for (const file of appFiles(source, options)) {
    const found = await firstOf(folder, [file.path, ...(OTHER_NAMES[file.path] ?? [])]);
    if (!found) create.push(file);
    else if (found.text.includes(file.sign)) kept.push(found.path);
    else manual.push({ about: found.path, todo: todoFor(file) });
  }
  const middleware = (await examineApp(folder)).find(({ about }) => about === "middleware");
  if (middleware?.state === "failed")
    manual.push({ about: "middleware", todo: `${middleware.message} ${middleware.fix}` });
  return { create, kept, manual };
}

async function firstOf(folder: string, paths: readonly string[]) {
  for (const path of paths) {
    const text = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

function todoFor({ path, text }: AppFile): string {
  if (path === "next.config.ts") {
    return 'Wrap what it exports:\nimport { withKhotan } from "khotan/next";\nexport default withKhotan(yourConfig);';
  }
  if (path.endsWith("instrumentation.ts"))
    return `Do this in its register():\n${text.split("\n").slice(2, -2).join("\n")}`;
  return `Add to it what it lacks of this:\n${text.trimEnd()}`;
}
