import type { FieldMappingDefinition, FieldProblem, FieldRule } from "../../contract/index.ts";
import { CoercionError, coerceValue } from "./coerce-value.ts";
import { sourceValue } from "./source-value.ts";
import {
  DEFAULT_LIMITS,
  evaluateTransforms,
  type TransformLimits,
  type TransformOutcome,
} from "./transform-process.ts";

/** A record as the target wants it, or why it could not be made. */
export type MappedRecord =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export interface ApplyOptions {
  /** Which rules apply. Default `in`. */
  readonly direction?: "in" | "out";
  readonly limits?: TransformLimits;
}

/** One field of one record. */
export interface MappedField {
  readonly rule: FieldRule;
  readonly source: unknown;
  /** `undefined`: left out. */
  readonly value: unknown;
  readonly problem: FieldProblem | null;
}

/**
 * Make target records of source records. A field that fails makes its record
 * fail, with the names of all such fields; other records are not touched by it.
 * Nothing is stored, and nothing that a transform does can block the process.
 *
 * @example
 * const [product] = await applyFieldMapping({ fields: [{ target: "price", sourcePath: "price.amount", type: "integer" }] }, [record]);
 */
export async function applyFieldMapping(
  definition: FieldMappingDefinition,
  records: readonly unknown[],
  options: ApplyOptions = {},
): Promise<MappedRecord[]> {
  const mapped = await mapFields(definition, records, options);
  return mapped.map((fields): MappedRecord => {
    const problems = fields.flatMap(({ problem }) => (problem ? [problem] : []));
    if (problems.length > 0) return { ok: false, problems };
    const value: Record<string, unknown> = {};
    for (const field of fields) if (field.value !== undefined) place(value, field.rule.target.split("."), field.value);
    return { ok: true, value };
  });
}

/** The same, field by field, for a preview. */
export async function mapFields(
  { fields }: FieldMappingDefinition,
  records: readonly unknown[],
  { direction = "in", limits = DEFAULT_LIMITS }: ApplyOptions = {},
): Promise<MappedField[][]> {
  const rules = fields.filter((rule) => rule.direction === "both" || rule.direction === direction);
  const transformed = rules.filter((rule) => rule.transform !== undefined);
  const texts = [...new Set(transformed.flatMap(({ transform }) => (transform === undefined ? [] : [transform])))];
  const outcomes =
    transformed.length === 0
      ? []
      : await evaluateTransforms(
          {
            texts,
            rows: records.map((record) => ({
              record: JSON.stringify(record) ?? "null",
              tasks: transformed.map((rule) => ({
                at: texts.indexOf(rule.transform ?? ""),
                value: JSON.stringify(sourceValue(rule, record)),
              })),
            })),
          },
          limits,
        );
  return records.map((record, row) =>
    rules.map((rule): MappedField => {
      const source = sourceValue(rule, record);
      const at = transformed.indexOf(rule);
      return finish(rule, source, at < 0 ? null : (outcomes[row]?.[at] ?? null));
    }),
  );
}

function finish(rule: FieldRule, source: unknown, outcome: TransformOutcome | null): MappedField {
  const fail = (message: string, position: number | null = null): MappedField => ({
    rule,
    source,
    value: undefined,
    problem: { field: rule.target, message, position },
  });
  if (outcome?.error !== undefined) return fail(outcome.error, outcome.position ?? null);
  try {
    const raw: unknown = outcome === null ? source : outcome.text === undefined ? undefined : JSON.parse(outcome.text);
    const value = coerceValue(rule, raw) ?? rule.default ?? undefined;
    if (value !== undefined && value !== null) return { rule, source, value, problem: null };
    if (rule.nulls === "refuse") return fail("There is no value, and it is required.");
    return { rule, source, value: rule.nulls === "omit" ? undefined : null, problem: null };
  } catch (error) {
    if (error instanceof CoercionError) return fail(error.message);
    throw error;
  }
}

/** Put a value where the target's dots say. Names that reach into every object were refused when it was saved. */
function place(into: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    Object.defineProperty(into, first, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const there = Object.hasOwn(into, first) ? into[first] : undefined;
  const inner: Record<string, unknown> = isObject(there) ? there : {};
  Object.defineProperty(into, first, { value: inner, enumerable: true, configurable: true, writable: true });
  place(inner, rest, value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
