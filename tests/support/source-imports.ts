import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../../src", import.meta.url));

export interface SourceImport {
  /** Path below src/, e.g. `hub/shell/sidebar.tsx`. */
  readonly file: string;
  /** As written. */
  readonly specifier: string;
  /** Path below src/ when it is one of our own files, else `undefined`. */
  readonly target: string | undefined;
  /** `import type`: gone when the program runs. */
  readonly typeOnly: boolean;
}

const IMPORT = /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?[^"'`;]*?from\s*["']([^"']+)["']/g;
const BARE = /(?:^|[\n;])\s*import\s*["']([^"']+)["']/g;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every import of every source file, tests aside. */
export const sourceImports = (): SourceImport[] => files(src).flatMap((path) => importsOf(path));

const importsOf = (path: string): SourceImport[] => {
  const text = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const file = relative(src, path);
  const found = (specifier: string, typeOnly: boolean): SourceImport => ({
    file,
    specifier,
    target: targetOf(file, specifier),
    typeOnly,
  });
  return [
    ...[...text.matchAll(IMPORT)].map(([, type, specifier = ""]) => found(specifier, type !== undefined)),
    ...[...text.matchAll(BARE)].map(([, specifier = ""]) => found(specifier, false)),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier = ""]) => found(specifier, false)),
  ];
};

/** The paths of tsconfig.json, as far as they lead into src/. */
const OWN: Readonly<Record<string, string>> = {
  khotan: "engine/index.ts",
  "khotan/factory": "engine/factory.ts",
  "khotan/plug": "engine/plugs/index.ts",
  "khotan/schema": "engine/database/schema/index.ts",
  "khotan/workflow": "engine/durable/index.ts",
  "khotan/client": "client/index.ts",
  "khotan/hub": "hub/index.ts",
  "khotan/next": "next/index.ts",
  "khotan/testing": "testing/index.ts",
};

const targetOf = (file: string, specifier: string): string | undefined => {
  if (specifier.startsWith(".")) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return OWN[specifier];
};

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") ? [] : files(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
