import { parseModule } from "magicast";

/** A node of a syntax tree, as Babel names them, with its place in the text. */
export interface SourceNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * Parse TypeScript or JavaScript. Places count from the beginning of `text`, whatever it is indented with.
 *
 * @throws Error with the place when it cannot be parsed
 */
export function parseSource(text: string): SourceNode {
  // The parser widens tabs and drops carriage returns, which would move everything behind them.
  const tree: unknown = parseModule(text.replace(/[\t\r]/g, " ")).$ast;
  if (isNode(tree)) return tree;
  throw new Error("The source has no syntax tree.");
}

export const isNode = (value: unknown): value is SourceNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;

/** A child, without the type assertions and brackets around it. */
export function child(node: SourceNode | undefined, key: string): SourceNode | undefined {
  const value = node?.[key];
  return isNode(value) ? bare(value) : undefined;
}

export function children(node: SourceNode | undefined, key: string): SourceNode[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textOf(node: SourceNode | undefined, key: string): string | undefined {
  const value = node?.[key];
  return typeof value === "string" ? value : undefined;
}

const WRAPPERS = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "ParenthesizedExpression"];

/** `x` of `x as const`, `x satisfies T`, `(x)`. */
export function bare(node: SourceNode): SourceNode {
  const inner = node.expression;
  return WRAPPERS.includes(node.type) && isNode(inner) ? bare(inner) : node;
}

/** Every node, from the outside in. */
export function* walk(node: SourceNode): Generator<SourceNode> {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || key === "tokens" || key === "comments" || key === "original") continue;
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) yield* walk(one);
  }
}

/** The name of an object's property, e.g. `plugs` of `plugs: []`. */
export function keyOf(property: SourceNode): string | undefined {
  const key = child(property, "key");
  return textOf(key, "name") ?? textOf(key, "value");
}

export const propertyOf = (object: SourceNode | undefined, name: string): SourceNode | undefined =>
  children(object, "properties").find((one) => keyOf(one) === name);

/** What the name of a constant of this module stands for; any other node stands for itself. */
export function resolveName(program: SourceNode, node: SourceNode | undefined): SourceNode | undefined {
  if (node?.type !== "Identifier") return node;
  for (const statement of children(program, "body")) {
    const declaration = statement.type === "ExportNamedDeclaration" ? child(statement, "declaration") : statement;
    for (const one of children(declaration, "declarations")) {
      if (textOf(child(one, "id"), "name") === textOf(node, "name")) return child(one, "init") ?? node;
    }
  }
  return node;
}
