/** A piece of TypeScript that this folder writes: calls, objects and lists of texts that are written as they are. */
export type Expression = Text | StringLiteral | Chain | ObjectLiteral | ArrayLiteral | Arrow | Conditional;

/** Written as it is: a name, a number, a regex, a template. */
interface Text {
  readonly kind: "text";
  readonly text: string;
}

interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
}

/** `head.name(args).name(args)`; a link without `args` is a property. */
export interface Chain {
  readonly kind: "chain";
  readonly head: string;
  readonly links: readonly Link[];
}

export interface Link {
  /** Empty when the head itself is called. */
  readonly name: string;
  readonly args?: readonly Expression[];
}

export interface ObjectLiteral {
  readonly kind: "object";
  readonly entries: readonly Entry[];
  /** One entry per line, even if all would fit on one. */
  readonly expanded: boolean;
}

export type Entry =
  | { readonly spread: Expression; readonly key?: undefined }
  | {
      readonly key: string;
      readonly value: Expression;
      /** Written above it. */
      readonly doc?: string | undefined;
      readonly spread?: undefined;
    };

interface ArrayLiteral {
  readonly kind: "array";
  readonly items: readonly Expression[];
}

export interface Arrow {
  readonly kind: "arrow";
  /** With its parentheses, e.g. `(vars)`. */
  readonly parameters: string;
  readonly body: Expression;
}

/** `test ? yes : no` on one line, as the body of an arrow function. */
interface Conditional {
  readonly kind: "conditional";
  readonly test: string;
  readonly yes: Expression;
  readonly no: Expression;
}

export const text = (value: string | number | boolean | null): Expression => ({ kind: "text", text: String(value) });
export const string = (value: string): Expression => ({ kind: "string", value });
export const array = (items: readonly Expression[]): Expression => ({ kind: "array", items });
export const arrow = (parameters: string, body: Expression): Expression => ({ kind: "arrow", parameters, body });

export const conditional = (test: string, yes: Expression, no: Expression): Expression => ({
  kind: "conditional",
  test,
  yes,
  no,
});

/** @example call("bearer", call("fromVar", string("token"))) */
export const call = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: "chain",
  head: name,
  links: [{ name: "", args }],
});

/** @example method("z", "object", shape) // z.object({ … }) */
export const method = (head: string, name: string, ...args: readonly Expression[]): Chain => ({
  kind: "chain",
  head,
  links: [
    ...name
      .split(".")
      .slice(0, -1)
      .map((each) => ({ name: each })),
    { name: name.split(".").at(-1) ?? "", args },
  ],
});

/** Call a method of what an expression gives. A name becomes the head of a chain. */
export function chained(subject: Expression, name: string, ...args: readonly Expression[]): Expression {
  if (subject.kind === "chain") return { ...subject, links: [...subject.links, { name, args }] };
  if (subject.kind === "text") return method(subject.text, name, ...args);
  throw new TypeError(`a ${subject.kind} has no method ${name}`);
}

/** Entries without a value are left out. */
export function object(
  entries: readonly (Entry | { readonly key: string; readonly value: Expression | undefined; readonly doc?: string })[],
  expanded = false,
): ObjectLiteral {
  return { kind: "object", entries: entries.filter(isWhole), expanded };
}

const isWhole = (entry: Entry | { readonly value: Expression | undefined }): entry is Entry =>
  "spread" in entry || ("value" in entry && entry.value !== undefined);

/** The names with which the chains of an expression begin. */
export function headsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "chain":
      return [expression.head, ...expression.links.flatMap((link) => (link.args ?? []).flatMap(headsIn))];
    case "object":
      return expression.entries.flatMap((entry) => headsIn(entry.spread ?? entry.value));
    case "array":
      return expression.items.flatMap(headsIn);
    case "arrow":
      return headsIn(expression.body);
    case "conditional":
      return [...headsIn(expression.yes), ...headsIn(expression.no)];
    default:
      return [];
  }
}
