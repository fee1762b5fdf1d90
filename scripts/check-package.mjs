#!/usr/bin/env node
// `npm run check:package`: packs the library as npm would publish it and looks at it as a customer's tools do.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkPackage as checkTypes, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { buildLib } from "./build-lib.mjs";
import { bin, finish, npm, root } from "./prepare.mjs";

/** Every specifier with a name that must be there, so that a broken one does not pass as `any`. */
const EXPORTED = {
  khotan: [
    "plug",
    "wire",
    "catchEvent",
    "pass",
    "inflow",
    "outflow",
    "relay",
    "cache",
    "defineConfig",
    "githubSignature",
  ],
  "khotan/factory": ["khotan", "drizzleAdapter", "openDatabase", "keyAccess", "toNextJsHandler"],
  "khotan/instrumentation": ["startKhotan"],
  "khotan/plug": ["defineContract", "createPlugClient"],
  "khotan/schema": ["events", "runs"],
  "khotan/workflow": ["stepContext"],
  "khotan/next": ["withKhotan"],
  "khotan/client": ["createClient", "KhotanApiError"],
  "khotan/contract": ["RUN_STATUSES", "api"],
  "khotan/hub": ["Hub", "RunsTable"],
  "khotan/testing": ["startTestHub", "signedWebhook"],
};

/** Folders whose code is this app's and not the library's. */
const NOT_OURS_TO_SHIP = /^package\/(src|dist|lib\/(app|khotan|server|sandbox))\/|\.test\.|\.(ts|tsx)$(?<!\.d\.ts)/;

/** What these say holds for every package that is ESM only, or asks for Node 10. */
const isExpected = (problem) =>
  problem.kind === "CJSResolvesToESM" || problem.resolutionKind === "node10" || problem.entrypoint === "./hub/hub.css";

/** @returns what is wrong, a line each; prints the size */
export const checkPackage = async () => {
  await buildLib();
  const folder = mkdtempSync(join(tmpdir(), "khotan-package-"));
  try {
    const [program, ...args] = npm();
    const packed = await finish(program, [...args, "pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
    if (packed.code !== 0) return [packed.output];
    const file = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    if (!file) return ["npm pack made no tarball"];
    const tarball = readFileSync(join(folder, file));
    const unpacked = await finish("tar", ["-xzf", join(folder, file), "-C", folder]);
    if (unpacked.code !== 0) return [unpacked.output];
    const names = (await finish("tar", ["-tzf", join(folder, file)])).output.split("\n");
    console.log(`    ${(tarball.length / 1024).toFixed(0)} kB packed, ${names.length - 1} files`);
    return [
      ...names.filter((name) => NOT_OURS_TO_SHIP.test(name)).map((name) => `${name} does not belong into the package`),
      ...undeclared(join(folder, "package")),
      ...(await lintManifest(join(folder, "package"))),
      ...(await lintTypes(tarball)),
      ...(await importEverything(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Packages that the library imports and its package.json does not bring: they are there by luck, or not at all. */
const undeclared = (folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const brought = new Set(
    ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {})),
  );
  const missing = new Map();
  for (const file of readdirSync(join(folder, "lib"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js")) continue;
    const text = readFileSync(join(folder, "lib", file), "utf8");
    for (const [, from, called, bare] of text.matchAll(IMPORT)) {
      const specifier = from ?? called ?? bare;
      const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
      if (/^[@a-z]/.test(name) && name !== "khotan" && !isBuiltin(specifier) && !brought.has(name))
        missing.set(name, file);
    }
  }
  return [...missing].map(([name, file]) => `${name} is imported (${file}) and brought by nobody`);
};

const IMPORT =
  /^(?:import|export)\b[^;'"`]*?from\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm;

const lintManifest = async (pkgDir) => {
  const { messages, pkg } = await publint({ pkgDir, pack: false, level: "warning", strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
};

const lintTypes = async (tarball) => {
  const found = await checkTypes(createPackageFromTarballData(tarball));
  if (!found.types) return ["The package has no types"];
  return found.problems.filter((problem) => !isExpected(problem)).map((problem) => `types: ${JSON.stringify(problem)}`);
};

/** A project beside nobody, with the package among its modules: every specifier is typechecked, and the server's run. */
const importEverything = async (folder) => {
  const modules = join(folder, "app", "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "khotan" && !name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  await finish("cp", ["-r", join(folder, "package"), join(modules, "khotan")]);
  const lines = Object.entries(EXPORTED).map(([specifier, names], index) => {
    const wanted = names.map((name) => `  ${name}: NonNullable<typeof m${index}["${name}"]>;`).join("\n");
    return `import * as m${index} from "${specifier}";\nexport interface Wanted${index} {\n${wanted}\n}`;
  });
  writeFileSync(join(folder, "app", "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "app", "imports.ts"), `${lines.join("\n")}\n`);
  const compilerOptions = {
    module: "NodeNext",
    target: "ES2022",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "app", "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["imports.ts"] }));
  const types = await finish(process.execPath, [bin("typescript", "tsc"), "-p", join(folder, "app")]);
  // A page's part wants a bundler; all the rest must load in plain Node.
  const plain = Object.keys(EXPORTED).filter((specifier) => specifier !== "khotan/hub");
  const run = join(folder, "app", "run.mjs");
  writeFileSync(
    run,
    `const wanted = ${JSON.stringify(EXPORTED)};
for (const specifier of ${JSON.stringify(plain)}) {
  const loaded = await import(specifier);
  for (const name of wanted[specifier]) if (!(name in loaded)) throw new Error(specifier + " lacks " + name);
}
process.exit(0);`,
  );
  const loaded = await finish(process.execPath, [run]);
  // The command as it is installed: it starts, and says by its code that nobody is there.
  const khotan = (...args) => finish(process.execPath, [join(modules, "khotan", "lib", "cli", "main.js"), ...args]);
  const version = await khotan("--version");
  const away = await khotan("plugs", "--url", "http://127.0.0.1:9", "--key", "none");
  const wrong = [types, loaded, version].filter(({ code }) => code !== 0).map(({ output }) => output);
  return away.code === 5 ? wrong : [...wrong, `khotan plugs ended with ${away.code}, not 5: ${away.output}`];
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const wrong = await checkPackage();
  for (const line of wrong) console.error(`  ${line}`);
  console.log(wrong.length === 0 ? "  The package is well" : `  ${wrong.length} things are wrong`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
