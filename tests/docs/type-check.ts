import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import ts from "typescript";
import type { PageModule } from "./page-modules.ts";

/**
 * Compile modules that exist only in memory, as if they lay in the repository, by its tsconfig.
 *
 * @returns what is wrong with them, e.g. `src/a.ts:42: Cannot find name "x".`; what is wrong elsewhere is not told.
 */
export function typeCheck(root: string, modules: readonly PageModule[]): string[] {
  const config = ts.readConfigFile(resolve(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const options: ts.CompilerOptions = { ...parsed.options, incremental: false, noEmit: true };
  const virtual = new Map(modules.map(({ path, source }) => [resolve(root, path), source]));
  const folders = new Set([...virtual.keys()].map((path) => dirname(path)));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists = existsSync, getSourceFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists(path);
  host.getSourceFile = (path, language, ...rest) => {
    const source = virtual.get(path);
    return source === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, source, language);
  };
  // What the app itself declares for its folders, e.g. the types of Next.
  const ambient = parsed.fileNames.filter((path) => path.endsWith(".d.ts"));
  const program = ts.createProgram(
    [...virtual.keys(), ...ambient],
    { ...options, moduleDetection: ts.ModuleDetectionKind.Force },
    host,
  );
  return [...virtual.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((problem) => {
      const line = file && problem.start !== undefined ? file.getLineAndCharacterOfPosition(problem.start).line + 1 : 0;
      return `${relative(root, path)}:${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
    });
  });
}
