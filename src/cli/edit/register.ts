import { addImport, importedAs } from "./add-import.ts";
import { findHub, listOf, type RegisteredPlug, registeredPlugs } from "./find-hub.ts";
import { insertElement } from "./insert-element.ts";
import { child, children, parseSource, propertyOf, resolveName, type SourceNode, textOf } from "./source-tree.ts";
import { indentAt, indentOf, lineEndOf, type Splice, splice } from "./splice.ts";

/** Something that is to stand in `khotan({…})`. */
export interface Registration {
  /** What the file exports. */
  readonly name: string;
  /** The file as `khotan.ts` imports it, without its ending, e.g. `./wires/acme-wire`. */
  readonly from: string;
  /** A plug of its own, a part of a plug, or an entry of a list of the hub's. */
  readonly to:
    | { readonly list: "plugs" }
    | { readonly list: "caches" }
    | { readonly list: "wires" | "catches" | "passes" | "flows"; readonly plug: string };
}

export type Edit =
  | { readonly state: "done"; readonly text: string }
  | { readonly state: "there" }
  /** It cannot be done safely; the reason is a sentence. */
  | { readonly state: "manual"; readonly why: string };

const manual = (why: string): Edit => ({ state: "manual", why });

/** Register something in the text of `khotan.ts`. What stands there already is left as it is. */
export function register(text: string, wish: Registration): Edit {
  let program: SourceNode;
  try {
    program = parseSource(text);
  } catch {
    return manual("it cannot be parsed");
  }
  const options = findHub(program);
  if (!options) return manual("it does not call khotan({ … }) with an object that is written out");
  const { to } = wish;
  if (to.list === "plugs" || to.list === "caches") return intoHub(text, program, options, to.list, wish);
  const plug = registeredPlugs(program, options).find(({ names }) => names.includes(to.plug));
  if (!plug) return manual(`it does not register a plug "${to.plug}" where that can be seen`);
  return intoPlug(text, program, plug, to.list, wish);
}

function intoHub(
  text: string,
  program: SourceNode,
  options: SourceNode,
  list: "plugs" | "caches",
  { name, from }: Registration,
): Edit {
  const there = importedAs(program, name, from);
  const known = list === "plugs" ? registeredPlugs(program, options).map(({ local }) => local) : [];
  const found = listOf(program, options, list);
  if (found === "elsewhere") return manual(`its ${list} are not a list that is written out`);
  if (there !== undefined && (known.includes(there) || (found !== "none" && holds(found, there)))) return done();
  const { local, pieces } = addImport(text, program, name, from);
  const element = list === "plugs" ? `{ plug: ${local} }` : local;
  const added =
    found === "none"
      ? insertElement(text, options, `${list}: [${element}]`)
      : insertElement(text, found, element, list === "plugs");
  return { state: "done", text: splice(text, [...pieces, ...added]) };
}

function intoPlug(
  text: string,
  program: SourceNode,
  { entry, names }: RegisteredPlug,
  list: "wires" | "catches" | "passes" | "flows",
  { name, from }: Registration,
): Edit {
  const property = propertyOf(entry, list);
  const value = property && resolveName(program, child(property, "value"));
  if (value && value.type !== "ArrayExpression") return manual(`the ${list} of ${names[0]} are not a list`);
  const there = importedAs(program, name, from);
  if (value && there !== undefined && holds(value, there)) return done();
  if (value && list === "wires" && children(value, "elements").length > 0) {
    return manual(`${names[0]} has a wire already, and a plug has at most one`);
  }
  const { local, pieces } = addImport(text, program, name, from);
  const added = value ? insertElement(text, value, local) : insertElement(text, entry, `${list}: [${local}]`);
  return { state: "done", text: brokenUp(splice(text, [...pieces, ...added]), names) };
}

const done = (): Edit => ({ state: "there" });

const holds = (list: SourceNode, name: string): boolean =>
  children(list, "elements").some((one) => textOf(one, "name") === name);

const MAX_LINE = 100;

/** The plug's entry with a line for each list, once it is too long for one. */
function brokenUp(text: string, names: readonly string[]): string {
  const program = parseSource(text);
  const options = findHub(program);
  const entry =
    options && registeredPlugs(program, options).find((one) => one.names.some((name) => names.includes(name)));
  if (!entry) return text;
  const { start, end } = entry.entry;
  const whole = text.slice(start, end);
  const length = indentAt(text, start).length + whole.length;
  if (whole.includes("\n") || length <= MAX_LINE || /\/\*/.test(whole)) return text;
  const outer = indentAt(text, start);
  const line = lineEndOf(text);
  const rows = children(entry.entry, "properties").map(
    (one) => `${outer}${indentOf(text)}${text.slice(one.start, one.end)},`,
  );
  const piece: Splice = { start, end, text: `{${line}${rows.join(line)}${line}${outer}}` };
  return splice(text, [piece]);
}
