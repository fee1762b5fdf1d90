import { dirname, resolve } from "node:path";
import { inspect } from "node:util";
import ts from "typescript";
import type { PageModule } from "./page-modules.ts";

type Exports = Record<string, unknown>;
type Run = (require: (specifier: string) => unknown, exports: Exports, console: unknown) => Promise<void>;

// Top-level await needs an async function around it; its constructor has no global name.
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...source: string[]) => Run;

/** Runs modules that exist only in memory, and remembers what they print. */
export interface ModuleRunner {
  /** Run a module, after those it imports; each once. @returns its exports */
  run(path: string): Promise<Exports>;
  /** What each line of a module printed so far, a text for each `console.log`. */
  printed(path: string): ReadonlyMap<number, readonly string[]>;
}

/** @param importReal imports what is not one of the modules: a package's name, or an absolute path */
export function moduleRunner(
  root: string,
  modules: readonly PageModule[],
  importReal: (specifier: string) => Promise<Exports>,
): ModuleRunner {
  const sources = new Map(modules.map(({ path, source }) => [resolve(root, path), source]));
  const running = new Map<string, Promise<Exports>>();
  const output = new Map<string, Map<number, string[]>>();

  const load = (path: string): Promise<Exports> => {
    const known = running.get(path);
    if (known) return known;
    const started = start(path, sources.get(path) ?? "");
    running.set(path, started);
    return started;
  };

  async function start(path: string, source: string): Promise<Exports> {
    const find = (specifier: string) => {
      const target = specifier.startsWith(".") ? resolve(dirname(path), specifier) : specifier;
      return sources.has(target) ? load(target) : importReal(target);
    };
    const imported = new Map<string, Exports>();
    for (const specifier of importedBy(source)) imported.set(specifier, await find(specifier));
    const printed = new Map<number, string[]>();
    output.set(path, printed);
    const log = (line: number, ...values: unknown[]) =>
      printed.set(line, [...(printed.get(line) ?? []), values.map(shown).join(" ")]);
    const exports: Exports = {};
    // What is not imported at the top is imported by `await import(…)`, which waits for this promise.
    const later = (specifier: string) => Object.assign(find(specifier), { __esModule: true });
    const require = (specifier: string) => imported.get(specifier) ?? later(specifier);
    await new AsyncFunction("require", "exports", "console", compiled(source))(require, exports, { log });
    return exports;
  }

  return {
    run: (path) => load(resolve(root, path)),
    printed: (path) => output.get(resolve(root, path)) ?? new Map(),
  };
}

/** What a module imports at its top. */
function importedBy(source: string): string[] {
  const { statements } = ts.createSourceFile("module.ts", source, ts.ScriptTarget.ES2023);
  return statements.flatMap((each) =>
    ts.isImportDeclaration(each) && ts.isStringLiteral(each.moduleSpecifier) ? [each.moduleSpecifier.text] : [],
  );
}

/** As JavaScript for a function's body, each `console.log` told which line it stands on. */
function compiled(source: string): string {
  const numbered = source
    .split("\n")
    .map((line, index) => line.replaceAll("console.log(", `console.log(${index + 1}, `))
    .join("\n");
  const { outputText } = ts.transpileModule(numbered, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  return outputText;
}

const shown = (value: unknown): string =>
  typeof value === "string" ? value : inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 6 });
