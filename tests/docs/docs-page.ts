import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type PageModule, pageModules } from "./page-modules.ts";
import { type Block, readBlocks } from "./read-blocks.ts";
import { type ModuleRunner, moduleRunner } from "./run-modules.ts";

export const ROOT = resolve(import.meta.dirname, "../..");

/** Where the pages say that the sandbox is. */
const SANDBOX_URL = "http://127.0.0.1:4010";

export interface DocsPage {
  readonly blocks: readonly Block[];
  readonly modules: readonly PageModule[];
  /** Ready to run the modules against a sandbox at this address. @param replaced modules to use instead of real ones */
  runner(sandboxUrl: string, replaced?: Readonly<Record<string, Record<string, unknown>>>): ModuleRunner;
}

/** A page of `docs/`, with the code in it. */
export function docsPage(name: string): DocsPage {
  const blocks = readBlocks(readFileSync(resolve(ROOT, "docs", name), "utf8"));
  const modules = pageModules(blocks, "src/khotan/plugs");
  return {
    blocks,
    modules,
    runner(sandboxUrl, replaced = {}) {
      const here = modules.map(({ path, source }) => ({ path, source: source.replaceAll(SANDBOX_URL, sandboxUrl) }));
      return moduleRunner(
        ROOT,
        here,
        async (specifier) => replaced[specifier] ?? (await import(/* @vite-ignore */ specifier)),
      );
    },
  };
}
