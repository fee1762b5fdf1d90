import { firstSentence } from "../code/comment.ts";
import type { ImportWarning } from "../import-warning.ts";
import { uniqueNames } from "../names/unique-names.ts";
import { pascalCase } from "../names/words.ts";
import type { NamedSchema, NamedSchemas } from "../schema/named-schemas.ts";
import type { SchemaNode } from "../schema/schema-node.ts";
import { isDirectional } from "./directional.ts";
import { at, entriesOf, type Place, placeText, textOf } from "./place.ts";
import type { OpenApiDocument } from "./read-document.ts";
import { readSchema } from "./read-schema.ts";
import { targetOf } from "./resolve-ref.ts";
import type { Direction } from "./schema-context.ts";

export interface SchemaReader {
  /** The shape at a place. Schemas that it refers to become named ones. */
  read(place: Place, direction: Direction): SchemaNode;
  /** Every named schema that was referred to so far, in the document's order. */
  named(): NamedSchemas;
  warn(place: Place, message: string): void;
  readonly warnings: readonly ImportWarning[];
  readonly document: OpenApiDocument;
}

/** Names that JavaScript has: a constant of that name would hide what everybody expects behind it. */
const GLOBALS =
  "AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt Blob Boolean Buffer Crypto DataView Date Error EvalError Event EventTarget File FormData Function Headers Infinity Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set String Symbol SyntaxError TypeError URIError URL URLSearchParams Uint8Array WeakMap WeakRef WeakSet".split(
    " ",
  );

/** Reads the schemas of one document. */
export function schemaReader(document: OpenApiDocument): SchemaReader {
  const { root } = document;
  const warnings = new Map<string, ImportWarning>();
  const found = new Map<string, NamedSchema & { readonly position: number }>();
  const waiting: (() => void)[] = [];
  const unique = uniqueNames(["z", ...GLOBALS]);
  const names = new Map<string, string>();
  // Given out before anything is read, so that a schema's name does not depend on which operations were chosen.
  for (const [key, place] of entriesOf(at(root, "components", "schemas"))) {
    names.set(placeText(place.path), unique(nameFor(key)));
  }

  function nameFor(key: string): string {
    const name = pascalCase(key);
    return GLOBALS.includes(name) ? `${name}Schema` : name;
  }

  function nameOf(target: Place): string {
    const key = placeText(target.path);
    const name = names.get(key) ?? unique(nameFor(String(target.path.findLast((part) => typeof part === "string"))));
    names.set(key, name);
    return name;
  }

  function refer(place: Place, ref: string, direction: Direction): SchemaNode {
    const target = targetOf(root, place, ref);
    const base = nameOf(target);
    const split = direction === "request" && isDirectional(root, target);
    const key = split ? `${placeText(target.path)} request` : placeText(target.path);
    const name = split ? (names.get(key) ?? unique(`${base}Input`)) : base;
    names.set(key, name);
    if (!found.has(name)) {
      const position = [...names.keys()].indexOf(placeText(target.path)) + (split ? 0.5 : 0);
      const doc = firstSentence(textOf(at(target, "description")) ?? textOf(at(target, "title")));
      found.set(name, { name, node: { kind: "unknown" }, doc, position });
      waiting.push(() => found.set(name, { name, node: reader.read(target, direction), doc, position }));
    }
    return { kind: "ref", name };
  }

  const reader: SchemaReader = {
    document,
    read: (place, direction) =>
      readSchema(place, {
        direction,
        document,
        refer: (from, ref) => refer(from, ref, direction),
        warn: reader.warn,
      }),
    named() {
      for (let read = waiting.shift(); read !== undefined; read = waiting.shift()) read();
      const sorted = [...found.values()].sort((a, b) => a.position - b.position);
      return new Map(sorted.map(({ name, node, doc }) => [name, { name, node, doc }]));
    },
    warn({ path }, message) {
      const where = placeText(path);
      warnings.set(`${where} ${message}`, { path: where, message });
    },
    get warnings() {
      return [...warnings.values()];
    },
  };
  return reader;
}
