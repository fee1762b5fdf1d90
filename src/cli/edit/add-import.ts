import { child, children, type SourceNode, textOf, walk } from "./source-tree.ts";
import { lineEndOf, type Splice } from "./splice.ts";

interface ImportLine {
  readonly node: SourceNode;
  readonly source: string;
  /** Name in this module → name over there. */
  readonly names: ReadonlyMap<string, string>;
}

export function importsOf(program: SourceNode): ImportLine[] {
  return children(program, "body").flatMap((node) => {
    const source = textOf(child(node, "source"), "value");
    if (node.type !== "ImportDeclaration" || source === undefined) return [];
    const names = new Map<string, string>();
    for (const one of children(node, "specifiers")) {
      const local = textOf(child(one, "local"), "name");
      if (local !== undefined) names.set(local, textOf(child(one, "imported"), "name") ?? "default");
    }
    return [{ node, source, names }];
  });
}

const bareSource = (source: string): string => source.replace(/\.[cm]?[jt]sx?$/, "");

/** How this module writes the ends of its own files: `.ts`, `.js` or nothing. */
export function importEnding(program: SourceNode): string {
  const own = importsOf(program).filter(({ source }) => source.startsWith("."));
  return own.map(({ source }) => /\.[cm]?[jt]sx?$/.exec(source)?.[0] ?? "")[0] ?? "";
}

/** The name that a module's export already has here. */
export const importedAs = (program: SourceNode, name: string, from: string): string | undefined =>
  importsOf(program)
    .filter(({ source }) => bareSource(source) === bareSource(from))
    .flatMap(({ names }) => [...names].flatMap(([local, imported]) => (imported === name ? [local] : [])))[0];

/** Import `name` of `from` (without an ending), sorted among the module's own imports. A name that is taken gets a number, unless `isFree`. */
export function addImport(
  text: string,
  program: SourceNode,
  name: string,
  from: string,
  options: { readonly isFree?: boolean } = {},
): { readonly local: string; readonly pieces: readonly Splice[] } {
  const there = importedAs(program, name, from);
  if (there !== undefined) return { local: there, pieces: [] };
  const taken = new Set(
    [...walk(program)].map((node) => (node.type === "Identifier" ? textOf(node, "name") : undefined)),
  );
  let local = name;
  for (let no = 2; !options.isFree && taken.has(local); no++) local = `${name}${no}`;
  const lines = importsOf(program);
  const line = lineEndOf(text);
  const quote = /from\s+'/.test(text) ? "'" : '"';
  const end = /^import[^;]*?['"][ \t]*$/m.test(text) ? "" : ";";
  const source = `${from}${importEnding(program)}`;
  const what = local === name ? name : `${name} as ${local}`;
  const written = `import { ${what} } from ${quote}${source}${quote}${end}`;
  const before = lines.find((one) => one.source.startsWith(".") && one.source > source);
  if (before) {
    const { start } = before.node;
    return { local, pieces: [{ start, end: start, text: written + line }] };
  }
  const last = lines.at(-1)?.node;
  if (last) return { local, pieces: [{ start: last.end, end: last.end, text: line + written }] };
  return { local, pieces: [{ start: 0, end: 0, text: written + line + line }] };
}
