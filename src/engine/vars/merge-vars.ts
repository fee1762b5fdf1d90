import { KhotanError } from "../errors.ts";
import { type VarField, type VarPatch, type VarRecord, validateVarValue } from "../plugs/index.ts";

/** What a plug keeps for itself, e.g. a token, needs no declaration. */
const OWN_KEY = /^_[A-Za-z0-9_.-]{1,62}$/;

/**
 * Merge a patch into stored values: `null` clears, what is not named stays.
 *
 * @param options.hidden the hub itself writes: hidden variables too, and keys that start with `_` without a declaration.
 * @throws KhotanError `unknown_variable` naming a key that is not declared, `validation_failed` with the path of every wrong value.
 */
export function mergeVars(
  fields: readonly VarField[],
  stored: VarRecord,
  patch: VarPatch,
  options: { readonly hidden: boolean; readonly path?: string },
): Record<string, string | number | boolean> {
  const path = options.path ?? "";
  const byKey = new Map(fields.filter((field) => options.hidden || !field.hidden).map((field) => [field.key, field]));
  const isOwn = (key: string) => options.hidden && OWN_KEY.test(key);
  const unknown = Object.keys(patch).filter((key) => !byKey.has(key) && !isOwn(key));
  if (unknown.length > 0) {
    const known = [...byKey.keys()].join(", ") || "none";
    throw new KhotanError("unknown_variable", `There is no variable ${unknown.map((key) => `"${key}"`).join(", ")}.`, {
      hint: `Declared are: ${known}.`,
      issues: unknown.map((key) => ({ path: `${path}${key}`, message: "Not declared." })),
    });
  }
  const issues: { path: string; message: string }[] = [];
  const merged: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(stored)) if (value !== undefined) merged[key] = value;
  for (const [key, value] of Object.entries(patch)) {
    const field = byKey.get(key);
    if (value === undefined) continue;
    if (value === null || (value === "" && field?.type !== "boolean")) {
      delete merged[key];
      continue;
    }
    if (!field) {
      merged[key] = value;
      continue;
    }
    const verdict = validateVarValue(field, value);
    if (verdict.ok) merged[key] = verdict.value;
    else issues.push({ path: `${path}${key}`, message: verdict.message });
  }
  if (issues.length > 0) {
    throw new KhotanError(
      "validation_failed",
      issues.length === 1 ? "One variable is wrong." : `${issues.length} variables are wrong.`,
      { issues },
    );
  }
  return merged;
}

/** Required variables without a value. */
export const missingVars = (fields: readonly VarField[], values: VarRecord): string[] =>
  fields
    .filter((field) => field.required && (values[field.key] === undefined || values[field.key] === ""))
    .map((field) => field.key);
