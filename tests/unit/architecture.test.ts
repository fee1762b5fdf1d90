import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const SRC = join(ROOT, "src");

/** Who may import whom. `khotan/*` specifiers are the engine's public edge. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: [],
  client: ["contract"],
  engine: ["contract"],
  hub: ["client", "contract", "components"],
  components: [],
  cli: ["client", "contract", "khotan-public"],
  next: [],
  testing: ["engine", "contract"],
  sandbox: [],
  server: ["contract", "engine"],
  khotan: ["khotan-public", "server"],
  app: ["hub", "hub-public", "server", "khotan", "khotan-public", "components"],
};

/** Files that tests need and products do not have. */
const isTest = (file: string) => /\.(test|test-suite)\.tsx?$/.test(file) || /\/testing\//.test(file);

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => /\.(ts|tsx)$/.test(file) && statSync(join(SRC, file)).isFile());

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = sources
  .filter((file) => !isTest(file))
  .flatMap((from) => {
    const text = readFileSync(join(SRC, from), "utf8");
    const specifiers = [
      ...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']/gm),
    ];
    return specifiers.map((match) => ({ from, to: target(from, match[1] ?? match[2] ?? "") }));
  });

/** The room a specifier leads to, or the package's name. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier === "khotan/hub") return "hub-public";
  if (specifier === "khotan" || specifier.startsWith("khotan/")) return "khotan-public";
  return `package:${specifier}`;
}

const roomOf = (path: string): string => path.split("/")[0] ?? "";

test("rooms import only what they may", () => {
  const wrong = imports.filter(({ from, to }) => {
    const room = roomOf(from);
    const other = roomOf(to);
    const known = MAY_IMPORT[room];
    if (to.startsWith("package:") || room === other || !known) return false;
    return !known.includes(other);
  });
  expect(wrong).toEqual([]);
});

test("every room of src is known to this test", () => {
  const rooms = new Set(sources.filter((file) => file.includes("/")).map(roomOf));
  expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
});

test("the contract depends on zod alone, and the engine on neither React nor Next", () => {
  const packages = (room: string) =>
    imports.filter(({ from, to }) => roomOf(from) === room && to.startsWith("package:")).map(({ to }) => to.slice(8));
  expect(new Set(packages("contract"))).toEqual(new Set(["zod"]));
  expect(packages("engine").filter((name) => /^(react|next)([/-]|$)/.test(name))).toEqual([]);
});

test("nothing imports in a circle", () => {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (!to.startsWith("package:") && sources.includes(to)) graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  expect(findCycles(graph)).toEqual([]);
});

/** Circles of value imports. Types vanish when compiled, so those are not counted. */
function findCycles(graph: Map<string, string[]>): string[] {
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) if (isValueImport(file, next)) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

function isValueImport(from: string, to: string): boolean {
  const text = readFileSync(join(SRC, from), "utf8");
  const base = posix.basename(to);
  const statements =
    text.match(
      new RegExp(`^\\s*(?:import|export)\\b[^;'"]*?from\\s*["'][^"']*${base.replace(/[.[\]]/g, "\\$&")}["']`, "gm"),
    ) ?? [];
  return statements.some((statement) => {
    if (/^\s*(import|export)\s+type\b/.test(statement)) return false;
    const names = statement.match(/\{([^}]*)\}/)?.[1];
    return (
      names === undefined || names.split(",").some((name) => name.trim() !== "" && !name.trim().startsWith("type "))
    );
  });
}

test("there are no drawers: no file or folder is called utils, helpers, common or types", () => {
  const drawers = sources.filter((file) => /(^|\/)(utils?|helpers?|common|types)(\/|\.tsx?$)/.test(file));
  expect(drawers).toEqual([]);
});

test("there is one AsyncLocalStorage: see src/engine/async-scope.ts", () => {
  const making = sources.filter(
    (file) => !isTest(file) && /new AsyncLocalStorage/.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(making).toEqual(["engine/async-scope.ts"]);
});

test("no file outgrows 300 lines", () => {
  const long = sources
    .filter((file) => !isTest(file) && !/migrations\.ts$|messages\//.test(file))
    .map((file) => ({ file, lines: readFileSync(join(SRC, file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test("no path of a machine and no download address stands in the project", () => {
  const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  expect(lock).not.toContain('"resolved": "http');
  const leaks = sources.filter((file) =>
    /(^|[^A-Za-z0-9.])\/(work|root|home\/\w+)\//.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(leaks.map((file) => relative(ROOT, join(SRC, file)))).toEqual([]);
});
