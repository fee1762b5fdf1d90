import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * What the compiler says about generated files under this project's own tsconfig, as if they lay beside our plugs.
 *
 * @param files code by file name
 */
export function typeErrors(files: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ["src/engine/index.ts"] },
    ts.sys,
    root,
  );
  const options = { ...parsed.options, noEmit: true, incremental: false };
  const sources = new Map(Object.entries(files).map(([name, code]) => [`${root}src/khotan/plugs/${name}`, code]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const code = sources.get(name);
    return code === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, code, version);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
      const { line = 0 } = file && diagnostic.start ? file.getLineAndCharacterOfPosition(diagnostic.start) : {};
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
      return `${name.slice(root.length)}:${line + 1} ${message}`;
    });
  });
}
