import { importsOf } from "./add-import.ts";
import { child, children, propertyOf, resolveName, type SourceNode, textOf, walk } from "./source-tree.ts";

/** The object that `khotan({…})` is called with; `undefined` when it is not written out in this module. */
export function findHub(program: SourceNode): SourceNode | undefined {
  const calls = callsOf(program, hubName(program));
  const options = calls.length === 1 ? resolveName(program, children(calls[0], "arguments")[0]) : undefined;
  return options?.type === "ObjectExpression" ? options : undefined;
}

const hubName = (program: SourceNode): string =>
  importsOf(program)
    .filter(({ source }) => source === "khotan/factory")
    .flatMap(({ names }) => [...names].flatMap(([local, name]) => (name === "khotan" ? [local] : [])))[0] ?? "khotan";

const callsOf = (program: SourceNode, name: string): SourceNode[] =>
  [...walk(program)].filter((node) => node.type === "CallExpression" && textOf(child(node, "callee"), "name") === name);

/** A list of the hub's options that is written out, e.g. `plugs`. */
export function listOf(program: SourceNode, options: SourceNode, name: string): SourceNode | "none" | "elsewhere" {
  const property = propertyOf(options, name);
  if (!property) return "none";
  const value = resolveName(program, child(property, "value"));
  return value?.type === "ArrayExpression" ? value : "elsewhere";
}

export interface RegisteredPlug {
  /** `{ plug, wires, … }` */
  readonly entry: SourceNode;
  /** The plug's own name, as far as the source shows it: its file's, its variable's or its definition's. */
  readonly names: readonly string[];
  /** How the module calls it, when it is not defined in place. */
  readonly local: string | undefined;
  /** The module it comes from, and its name there. */
  readonly from: string | undefined;
  readonly exported: string | undefined;
}

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/** The plugs that are registered, as the source shows them. */
export function registeredPlugs(program: SourceNode, options: SourceNode): RegisteredPlug[] {
  const list = listOf(program, options, "plugs");
  if (typeof list === "string") return [];
  return children(list, "elements").flatMap((element) => {
    const entry = resolveName(program, element);
    if (entry?.type !== "ObjectExpression") return [];
    const value = child(propertyOf(entry, "plug"), "value");
    const local = textOf(value, "name");
    const line = importsOf(program).find(({ names }) => local !== undefined && names.has(local));
    const definition = resolveName(program, value);
    const given = textOf(child(propertyOf(children(definition, "arguments")[0], "name"), "value"), "value");
    const file = line?.source
      .split("/")
      .at(-1)
      ?.replace(/\.[cm]?[jt]sx?$/, "");
    const names = [given, file, local && kebab(local)].filter((one): one is string => one !== undefined);
    const exported = local === undefined ? undefined : line?.names.get(local);
    return [{ entry, names: [...new Set(names)], local, from: line?.source, exported }];
  });
}
