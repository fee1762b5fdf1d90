#!/usr/bin/env node
// The library as it is published: `lib/`, plain tsc, one stylesheet for the Hub. `npm run build:lib`.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";
import { bin, finish, root } from "./prepare.mjs";

const lib = join(root, "lib");

/** @throws Error with what the compiler said */
export const buildLib = async () => {
  rmSync(lib, { recursive: true, force: true });
  // Types are checked by `npm run check`, over the whole project.
  const args = [bin("typescript", "tsc"), "-p", "tsconfig.lib.json", "--noCheck"];
  const { code, output } = await finish(process.execPath, args);
  if (code !== 0) throw new Error(`The library does not compile:\n${output}`);
  for (const file of readdirSync(lib, { recursive: true, encoding: "utf8" })) rewrite(join(lib, file));
  // npm does so when it installs a tarball; a folder or a workspace is linked as it is.
  chmodSync(join(lib, "cli", "main.js"), 0o755);
  await stylesheet();
};

/** What tsc leaves as it is: workers named by their file, and the specifiers of declarations. */
const rewrite = (file) => {
  const isDeclaration = file.endsWith(".d.ts");
  if (!isDeclaration && !file.endsWith(".js")) return;
  const before = readFileSync(file, "utf8");
  let after = before.replace(/(new URL\("\.[^"]*)\.tsx?("\s*,\s*import\.meta\.url)/g, "$1.js$2");
  if (isDeclaration) {
    after = after
      .replace(/((?:from|import)\s*\(?\s*"\.[^"]*?)\.tsx?"/g, '$1.js"')
      // Declarations need no stylesheet, and TypeScript would ask for one.
      .replace(/^import "[^"]*\.css";\n/gm, "");
  }
  if (after !== before) writeFileSync(file, after);
};

/** Compiled here, so that a host needs no Tailwind. */
const stylesheet = async () => {
  const from = join(root, "src", "hub", "hub.css");
  const to = join(lib, "hub", "hub.css");
  const plugin = tailwind({ optimize: { minify: true } });
  const { css } = await postcss([plugin]).process(readFileSync(from, "utf8"), { from, to });
  writeFileSync(to, css);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await buildLib();
  console.log("  lib/ is built");
}
