#!/usr/bin/env node
// The Hub's parts as shadcn registry items: `public/r/*.json`, out of the very files that we run. `npm run build:registry`.
// `--check` changes nothing and ends with 1 when something is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");

/** Parts of the Hub, with what stands above them in a catalogue. The name is the file's below `src/hub/pieces`. */
const PIECES = {
  "runs-table": ["Runs table", "The runs of a Khotan hub, live: filters, histogram, and one run in detail."],
  "events-table": ["Events table", "What came in: the raw request, its verdict, its deliveries."],
  "plug-debugger": ["Plug debugger", "Requests by a plug's real path, and what is answered."],
  "var-panel": ["Variables", "A plug's variables, secrets masked."],
  "wire-panel": ["Wire", "A plug's webhooks, and how to set them up."],
  "topology-canvas": ["Topology canvas", "Plugs, flows, wires and handlers as a picture."],
  "config-page": ["Config page", "All plugs with their variables, wires, handlers and limits."],
};

/**
 * shadcn's schema asks for a homepage. These files have no site of their own on the internet: whoever serves `/r/*.json`,
 * as this app does, is their home, so the address is relative to that. Not a made-up domain, which somebody may own.
 */
const HOMEPAGE = "/";

/** Rooms of src that a copy takes from the package, so that one hub has one client and one vocabulary. */
const FROM_PACKAGE = { client: "khotan/client", contract: "khotan/contract" };

/** Static and lazy imports, types too: a copy must compile. */
const IMPORT = /(\bfrom\s+|\bimport\s*\(\s*|^import\s+)"([^"]+)"/gm;

/** Every file that a file needs, from `src`, and the packages. */
export const closureOf = (entry) => {
  const files = new Set();
  const packages = new Set();
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    if (file.endsWith(".json")) return;
    const text = readFileSync(join(src, file), "utf8");
    for (const [, , specifier] of text.matchAll(IMPORT)) {
      if (!specifier.startsWith("."))
        packages.add(
          specifier
            .split("/")
            .slice(0, specifier[0] === "@" ? 2 : 1)
            .join("/"),
        );
      else {
        const target = posix.join(posix.dirname(file), specifier);
        if (target.endsWith(".css")) continue;
        if (target.split("/")[0] in FROM_PACKAGE) packages.add("khotan");
        else if (existsSync(join(src, target))) visit(target);
        else throw new Error(`${file} imports ${specifier}, which is not there`);
      }
    }
  };
  visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
};

/** As it stands in somebody's app: no endings of TypeScript, client and vocabulary from the package. */
export const rewritten = (file, text) =>
  text.replace(IMPORT, (whole, before, specifier) => {
    if (!specifier.startsWith(".")) return whole;
    const target = posix.join(posix.dirname(file), specifier);
    if (target.endsWith(".css")) return `${before}"khotan/hub/hub.css"`;
    const room = FROM_PACKAGE[target.split("/")[0]];
    return `${before}"${room ?? specifier.replace(/\.tsx?$/, "")}"`;
  });

const HOSTS_OWN = new Set(["react", "react-dom", "next"]);

/** One item, with all it needs in itself: items that share files write the same ones. */
export const itemOf = (name) => {
  const [title, description] = PIECES[name];
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const versions = { ...manifest.devDependencies, ...manifest.dependencies, ...manifest.peerDependencies };
  const { files, packages } = closureOf(`hub/pieces/${name}.tsx`);
  const dependencies = packages
    .filter((one) => !HOSTS_OWN.has(one))
    .map((one) => (one === "khotan" ? `khotan@${manifest.version}` : `${one}@${versions[one] ?? "latest"}`));
  return {
    $schema: "https://ui.shadcn.com/schema/registry-item.json",
    name,
    type: "registry:block",
    title,
    description,
    dependencies,
    files: files.map((file) => ({
      path: `src/${file}`,
      type: "registry:file",
      target: `components/khotan/${file}`,
      content: file.endsWith(".json")
        ? readFileSync(join(src, file), "utf8")
        : rewritten(file, readFileSync(join(src, file), "utf8")),
    })),
    docs: `Put it on a page that your app protects: import it from "components/khotan/hub/pieces/${name}". The hub itself: npx khotan init`,
  };
};

/** Path from the project's root → text. */
export const registry = () => {
  const items = Object.keys(PIECES).map(itemOf);
  const index = {
    $schema: "https://ui.shadcn.com/schema/registry.json",
    name: "khotan",
    homepage: HOMEPAGE,
    items: items.map(({ $schema: _, docs: __, ...item }) => ({
      ...item,
      files: item.files.map(({ content: ___, ...file }) => file),
    })),
  };
  const text = (value) => `${JSON.stringify(value, null, 1)}\n`;
  return new Map([
    ...items.map((item) => [`public/r/${item.name}.json`, text(item)]),
    ["public/r/registry.json", text(index)],
  ]);
};

/** Paths that are not as they would be written now. */
export const outdatedRegistry = () => {
  const wanted = registry();
  const folder = join(root, "public", "r");
  const there = existsSync(folder) ? readdirSync(folder).map((name) => `public/r/${name}`) : [];
  const wrong = [...wanted].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
  );
  return [...wrong.map(([path]) => path), ...there.filter((path) => !wanted.has(path))];
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const outdated = outdatedRegistry();
  if (process.argv.includes("--check")) {
    for (const path of outdated) console.error(`  ${path} is out of date: npm run build:registry`);
    process.exit(outdated.length === 0 ? 0 : 1);
  }
  const wanted = registry();
  for (const path of outdated) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (wanted.has(path)) writeFileSync(join(root, path), wanted.get(path));
    else rmSync(join(root, path));
  }
  console.log(
    `  ${relative(process.cwd(), join(root, "public", "r")) || "."}: ${wanted.size} files, ${outdated.length} written`,
  );
}
