import { REDACTED, type Redactor } from "./redactor.ts";

/** What comes out of redaction: plain JSON. */
export type Redacted = string | number | boolean | null | Redacted[] | { [name: string]: Redacted };

const MAX_DEPTH = 100;

/** Is the value at this path hidden by name? Compiled once per call, since bodies have many fields. */
type FieldTest = (path: readonly string[]) => boolean;

/** Walk a value of any kind, also one with cycles. */
export function redactValue(root: unknown, redactor: Redactor, fields: readonly string[]): Redacted {
  const isHidden = compileFields(fields);
  const ancestors = new Set<object>();

  function walk(value: unknown, path: readonly string[]): Redacted {
    if (typeof value === "string") return redactor.text(value);
    if (value === null || value === undefined) return null;
    if (typeof value === "number") return redactNumber(value, redactor);
    if (typeof value === "boolean") return value;
    if (typeof value !== "object")
      return typeof value === "bigint" ? redactor.text(String(value)) : `[${typeof value}]`;
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (ancestors.has(value)) return "[circular]";
    if (ancestors.size >= MAX_DEPTH) return "[too deep]";
    ancestors.add(value);
    const result = walkObject(value, path);
    ancestors.delete(value);
    return result;
  }

  function walkObject(value: object, path: readonly string[]): Redacted {
    if ("toJSON" in value && typeof value.toJSON === "function") return walk(value.toJSON(), path);
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (value instanceof Error) return walk({ name: value.name, message: value.message }, path);
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, Redacted][] => {
        if (inner === undefined) return [];
        const innerPath = [...path, name.toLowerCase()];
        return [[redactor.text(name), isHidden(innerPath) ? REDACTED : walk(inner, innerPath)]];
      }),
    );
  }

  return walk(root, []);
}

/** A secret of digits may stand there as a number. */
function redactNumber(value: number, redactor: Redactor): Redacted {
  if (!Number.isFinite(value)) return null;
  const text = JSON.stringify(value);
  return redactor.text(text) === text ? value : REDACTED;
}

function compileFields(fields: readonly string[]): FieldTest {
  const names = new Set<string>();
  const paths: string[][] = [];
  for (const field of fields) {
    const steps = field.toLowerCase().split(".");
    if (steps.length === 1) names.add(field.toLowerCase());
    else paths.push(steps);
  }
  return (path) =>
    names.has(path.at(-1) ?? "") ||
    paths.some((steps) => steps.length === path.length && steps.every((step, at) => step === "*" || step === path[at]));
}
