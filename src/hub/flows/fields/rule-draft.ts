import type { FieldMappingDefinition, FieldRule } from "../../../contract/index.ts";

/** A rule while it is written: every part is text. */
export interface RuleDraft {
  /** Stays the same while the rule is moved and changed. */
  readonly key: string;
  readonly target: string;
  /** Where the value is: `customer.email`, `lines[0].sku`, or a list of steps as JSON. */
  readonly source: string;
  readonly transform: string;
  readonly type: NonNullable<FieldRule["type"]> | "";
  /** Of an enum: `a, b` or `open = 1, closed = 2`. */
  readonly values: string;
  readonly nulls: FieldRule["nulls"];
  /** JSON; empty is none. */
  readonly fallback: string;
  readonly direction: FieldRule["direction"];
}

export type RulePart = "target" | "source" | "transform" | "type" | "values" | "fallback";

export const emptyRule = (key: string): RuleDraft => ({
  key,
  target: "",
  source: "",
  transform: "",
  type: "",
  values: "",
  nulls: "keep",
  fallback: "",
  direction: "both",
});

export const draftRules = ({ fields }: FieldMappingDefinition): RuleDraft[] =>
  fields.map((rule, index) => ({
    key: `rule${index}`,
    target: rule.target,
    source: sourceText(rule),
    transform: rule.transform ?? "",
    type: rule.type ?? "",
    values: valuesText(rule.values),
    nulls: rule.nulls,
    fallback: rule.default === undefined ? "" : JSON.stringify(rule.default),
    direction: rule.direction,
  }));

function sourceText({ source, sourcePath, target, transform }: FieldRule): string {
  // A transform reads the whole record; that the target has a namesake there would be a coincidence.
  if (transform !== undefined && source === undefined && sourcePath === undefined) return "";
  if (Array.isArray(sourcePath)) return JSON.stringify(sourcePath);
  if (sourcePath !== undefined) return sourcePath;
  const name = source ?? target;
  return isPlain(name) ? name : JSON.stringify([name]);
}

/** The fields of a record that the rules begin at. */
export const sourceNames = ({ fields }: FieldMappingDefinition): string[] =>
  fields.flatMap(({ source, sourcePath, target, transform }) => {
    if (Array.isArray(sourcePath)) return sourcePath.slice(0, 1).map(String);
    if (sourcePath !== undefined) return [sourcePath.split(/[.[]/, 1)[0] ?? ""];
    return source === undefined && transform !== undefined ? [] : [source ?? target];
  });

const isPlain = (name: string): boolean => /^[^.[\]]+$/.test(name);

function valuesText(values: FieldRule["values"]): string {
  if (values === undefined) return "";
  if (Array.isArray(values)) return values.join(", ");
  return Object.entries(values)
    .map(([from, to]) => `${from} = ${to}`)
    .join(", ");
}

export type BuiltRule =
  | { readonly ok: true; readonly rule: FieldRule }
  /** `empty`: nothing is written there; `json`: it is no JSON. */
  | { readonly ok: false; readonly part: RulePart; readonly why: "empty" | "json" };

/** The rule as it is sent, or the first part that cannot be read. */
export function buildRule(draft: RuleDraft): BuiltRule {
  const target = draft.target.trim();
  if (target === "") return { ok: false, part: "target", why: "empty" };
  const source = readSource(draft.source.trim(), target);
  if (source === null) return { ok: false, part: "source", why: "json" };
  const fallback = draft.fallback.trim();
  let value: unknown;
  try {
    value = fallback === "" ? undefined : JSON.parse(fallback);
  } catch {
    return { ok: false, part: "fallback", why: "json" };
  }
  const values = draft.type === "enum" ? readValues(draft.values) : undefined;
  if (draft.type === "enum" && values === undefined) return { ok: false, part: "values", why: "empty" };
  return {
    ok: true,
    rule: {
      target,
      ...source,
      ...(draft.transform.trim() === "" ? {} : { transform: draft.transform.trim() }),
      ...(draft.type === "" ? {} : { type: draft.type }),
      ...(values === undefined ? {} : { values }),
      nulls: draft.nulls,
      ...(value === undefined ? {} : { default: value }),
      direction: draft.direction,
    },
  };
}

function readSource(text: string, target: string): Pick<FieldRule, "source" | "sourcePath"> | null {
  if (text === "" || text === target) return isPlain(target) || text === "" ? {} : { sourcePath: text };
  if (isPlain(text)) return { source: text };
  if (!text.startsWith("[") || /^\[\d/.test(text)) return { sourcePath: text };
  try {
    const steps: unknown = JSON.parse(text);
    if (!Array.isArray(steps)) return null;
    const path = steps.filter((step) => typeof step === "string" || typeof step === "number");
    const [only] = path;
    if (path.length !== steps.length || path.length === 0) return null;
    return path.length === 1 && typeof only === "string" ? { source: only } : { sourcePath: path };
  } catch {
    return null;
  }
}

function readValues(text: string): FieldRule["values"] {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length === 0) return undefined;
  if (!parts.some((part) => part.includes("="))) return parts;
  return Object.fromEntries(
    parts.map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [part, part] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}
