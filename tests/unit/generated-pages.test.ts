import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { apiPage, isApiPageCurrent } from "../../scripts/api-docs.ts";
import { closureOf, itemOf, outdatedRegistry, rewritten } from "../../scripts/registry.mjs";
import { api } from "../../src/contract/index.ts";
import { typeCheck } from "../docs/type-check.ts";

const ROOT = resolve(import.meta.dirname, "../..");

it("docs/api.md is what the contract says: npm run build:api-docs", () => {
  expect(isApiPageCurrent()).toBe(true);
});

it("docs/api.md has every route with its access class, and every error code", () => {
  const page = apiPage();
  for (const [name, { method, path, access }] of Object.entries(api))
    expect(page).toContain(`| \`${method.toUpperCase()} ${path}\` | ${access} | \`${name}\` |`);
});

it("public/r is built from the files that we run: npm run build:registry", () => {
  expect(outdatedRegistry()).toEqual([]);
});

it("a registry item holds every file that it needs, and names every package", () => {
  const { files, dependencies } = itemOf("runs-table");
  const targets = new Set(files.map(({ target }) => target));
  for (const { path, target, content } of files) {
    expect(existsSync(resolve(ROOT, path))).toBe(true);
    for (const [, specifier = ""] of content.matchAll(/\bfrom "(\.[^"]+)"/g)) {
      expect(specifier).not.toMatch(/\.tsx?$/);
      const aimed = new URL(specifier, `file:///${target}`).pathname.slice(1);
      expect(
        ["", ".ts", ".tsx"].some((ending) => targets.has(aimed + ending)),
        `${path}: ${specifier}`,
      ).toBe(true);
    }
  }
  expect(dependencies.filter((one) => /latest|undefined|\^|^(react|next)@/.test(one))).toEqual([]);
  expect(dependencies.map((one) => one.replace(/@[^@]+$/, ""))).toEqual(
    closureOf("hub/pieces/runs-table.tsx").packages.filter((one) => !["react", "react-dom", "next"].includes(one)),
  );
});

it("what the items write compiles in an app", { timeout: 280_000 }, () => {
  const items = [
    "runs-table",
    "events-table",
    "plug-debugger",
    "var-panel",
    "wire-panel",
    "topology-canvas",
    "config-page",
  ];
  const files = new Map(items.flatMap((name) => itemOf(name).files.map(({ target, content }) => [target, content])));
  const page = `import { RunsTable } from "../../components/khotan/hub/pieces/runs-table";

export default function Page() {
  return <RunsTable apiPath="/api/khotan" />;
}
`;
  const modules = [...files, ["app/runs/page.tsx", page] as const].map(([path, source]) => ({
    path: `tests/copied/${path}`,
    source,
  }));
  expect(typeCheck(ROOT, modules)).toEqual([]);
});

it("a copy takes client, vocabulary and styles from the package, and everything else from beside it", () => {
  const text = readFileSync(resolve(ROOT, "src/hub/pieces/piece.tsx"), "utf8");
  const copy = rewritten("hub/pieces/piece.tsx", text);
  expect(copy).toContain('import "khotan/hub/hub.css";');
  expect(copy).toContain('from "../hub-config"');
  expect(rewritten("hub/a/b.ts", 'import { x } from "../../contract/names.ts";')).toBe(
    'import { x } from "khotan/contract";',
  );
  expect(rewritten("hub/a/b.ts", 'const c = lazy(() => import("./c.tsx"));')).toContain('import("./c")');
});
