import { argumentsDoc, type WriteDoc } from "./arguments-doc.ts";
import { type Doc, firstThatFits, group, HARD_LINE, indent, willBreak } from "./doc.ts";
import type { Chain, Expression, Link } from "./expression.ts";

/** Capitalised names are taken for factories, whose first call stays beside them. */
const FACTORY = /^[A-Z]|^[$_]+$/;

/**
 * `head.a().b().c()`: on one line when short and simple, else one call per line. The rules are Prettier's, which Biome
 * follows: https://github.com/prettier/prettier/blob/main/src/language-js/print/member-chain.js
 */
export function chainDoc({ head, links }: Chain, write: WriteDoc): Doc {
  const leading = links.findIndex((link) => link.args !== undefined);
  const first = leading === -1 ? links : links.slice(0, leading);
  const firstDoc: Doc = [head, ...first.map((link) => linkDoc(link, write))];
  const groups = groupsOf(leading === -1 ? [] : links.slice(leading));
  const docs = groups.map((links) => links.map((link) => linkDoc(link, write)));

  const lastName = first.at(-1)?.name ?? head;
  const merged = groups.length > 0 && FACTORY.test(lastName);
  const oneLine: Doc = [firstDoc, ...docs];
  if (groups.length + 1 <= (merged ? 3 : 2) && !docs.slice(merged ? 2 : 1).some(willBreak)) return group(oneLine);

  const rest = docs.slice(merged ? 1 : 0).map((doc) => [HARD_LINE, doc]);
  const expanded: Doc = [firstDoc, merged ? (docs[0] ?? "") : "", indent(rest)];
  const calls = links.flatMap((link) => (link.args ? [link.args] : []));
  const complicated = calls.length > 2 && calls.some((args) => !args.every((arg) => isSimple(arg)));
  if (complicated || docs.slice(0, -1).some(willBreak)) return group(expanded);
  return [firstThatFits([oneLine, expanded])];
}

const linkDoc = ({ name, args }: Link, write: WriteDoc): Doc => [
  name === "" ? "" : `.${name}`,
  args ? argumentsDoc(args, write) : "",
];

/** A group is some properties and the call behind them. */
function groupsOf(links: readonly Link[]): Link[][] {
  const groups: Link[][] = [];
  let current: Link[] = [];
  for (const link of links) {
    current.push(link);
    if (link.args === undefined) continue;
    groups.push(current);
    current = [];
  }
  return current.length > 0 ? [...groups, current] : groups;
}

const REGEX = /^\/(.*)\/[a-z]*$/s;
const MAX_SIMPLE_REGEX = 5;

/** Prettier's `isSimpleCallArgument`. */
function isSimple(argument: Expression, depth = 0): boolean {
  if (depth >= 2) return false;
  const isSimpleInside = (inner: Expression): boolean => isSimple(inner, depth + 1);
  switch (argument.kind) {
    case "string":
      return true;
    case "text": {
      const pattern = REGEX.exec(argument.text)?.[1];
      return pattern === undefined || pattern.length <= MAX_SIMPLE_REGEX;
    }
    case "object":
      return argument.entries.every((entry) => entry.spread === undefined && isSimpleInside(entry.value));
    case "array":
      return argument.items.every(isSimpleInside);
    case "conditional":
      return false;
    case "arrow":
      return argument.body.kind !== "object";
    case "chain":
      return argument.links.every((link) => (link.args ?? []).every(isSimpleInside));
  }
}
