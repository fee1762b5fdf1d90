import * as khotan from "khotan";
import ts from "typescript";
import * as zod from "zod";

const MODULES: Readonly<Record<string, unknown>> = { khotan, zod };

/** Compile and run generated code, and hand out what it exports. It can import `khotan` and `zod`, nothing else. */
export function loadCode(code: string): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const exported: Record<string, unknown> = {};
  new Function("require", "exports", outputText)((name: string) => {
    if (!Object.hasOwn(MODULES, name)) throw new Error(`generated code imports ${name}`);
    return MODULES[name];
  }, exported);
  return exported;
}
