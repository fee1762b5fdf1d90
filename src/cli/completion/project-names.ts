import { posix } from "node:path";
import { firstText, readApp } from "../add/read-app.ts";
import { importsOf } from "../edit/add-import.ts";
import { child, children, parseSource, propertyOf, type SourceNode, textOf, walk } from "../edit/source-tree.ts";

/** What the app of a folder calls its parts. */
export interface ProjectNames {
  readonly plugs: readonly string[];
  readonly flows: readonly string[];
  readonly handlers: readonly string[];
}

const KIND_OF: Readonly<Record<string, keyof ProjectNames>> = {
  plug: "plugs",
  inflow: "flows",
  outflow: "flows",
  relay: "flows",
  catchEvent: "handlers",
  pass: "handlers",
};

/**
 * The names in `khotan.ts` and in the files that it imports, read from their sources: nothing runs, so that a key
 * pressed in a terminal starts no app. What cannot be read has no names.
 */
export async function projectNames(folder: string): Promise<ProjectNames> {
  const found = { plugs: new Set<string>(), flows: new Set<string>(), handlers: new Set<string>() };
  const { outputDir } = await readApp(folder);
  const hub = `${outputDir}/khotan.ts`;
  const program = parsed(await firstText(folder, [hub]));
  const modules = program ? importsOf(program).flatMap(({ source }) => fileOf(hub, source)) : [];
  const others = await Promise.all(modules.map(async (path) => parsed(await firstText(folder, [path]))));
  for (const tree of [program, ...others]) {
    for (const { kind, name } of tree ? definitionsIn(tree) : []) found[kind].add(name);
  }
  const sorted = (names: ReadonlySet<string>) => [...names].sort();
  return { plugs: sorted(found.plugs), flows: sorted(found.flows), handlers: sorted(found.handlers) };
}

function parsed(text: string | undefined): SourceNode | undefined {
  try {
    return text === undefined ? undefined : parseSource(text);
  } catch {
    return undefined; // half written
  }
}

/** The file of a relative import; other ones are packages, or found by an alias that only a compiler knows. */
function fileOf(from: string, source: string): string[] {
  if (!source.startsWith(".")) return [];
  const path = posix.join(posix.dirname(from), source.replace(/\.[cm]?[jt]s$/, ""));
  return [`${path}.ts`];
}

function* definitionsIn(program: SourceNode): Generator<{ kind: keyof ProjectNames; name: string }> {
  for (const node of walk(program)) {
    if (node.type !== "CallExpression") continue;
    const callee = textOf(child(node, "callee"), "name") ?? "";
    const kind = Object.hasOwn(KIND_OF, callee) ? KIND_OF[callee] : undefined;
    const name = textOf(child(propertyOf(children(node, "arguments")[0], "name"), "value"), "value");
    if (kind && name !== undefined) yield { kind, name };
  }
}
