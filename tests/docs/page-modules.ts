import type { Block } from "./read-blocks.ts";

/** A piece of a page that is compiled and run. */
export interface PageModule {
  /** Relative to the repository. */
  readonly path: string;
  /** Every line stands where it stands in the page, so that errors name the page's lines. */
  readonly source: string;
}

/**
 * The modules of a page: one for each file that a block shows, and one for each section, of all its other blocks.
 * Sections lie in `folder`, so that `./shop.ts` means there what it means to the reader.
 */
export function pageModules(blocks: readonly Block[], folder: string): PageModule[] {
  const modules = new Map<string, string[]>();
  for (const { language, section, file, line, lines } of blocks) {
    if (language !== "ts") continue;
    const path = file ?? `${folder}/section-${slug(section)}.ts`;
    const text = modules.get(path) ?? [];
    while (text.length < line - 1) text.push("");
    text.push(...lines);
    modules.set(path, text);
  }
  return [...modules].map(([path, lines]) => ({ path, source: lines.join("\n") }));
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
