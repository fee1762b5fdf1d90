import type { FieldDrift, ShapeField, SourceShape } from "../../../contract/index.ts";
import { MAX_FIELDS, parentOf } from "./infer-shape.ts";

/**
 * How records differ from those before. Breaking is what a reader cannot cope with: a field that was always there is in
 * none of them, or has a type it never had. A field that some of them lack, or that is null, is told only.
 */
export function compareShapes(before: SourceShape, now: SourceShape): FieldDrift[] {
  const changes: FieldDrift[] = [];
  // Of records with more fields than are looked at, nobody can say what is missing.
  const complete = Object.keys(now).length < MAX_FIELDS;
  for (const [field, was] of Object.entries(before)) {
    const is = at(now, field);
    // What hangs below a missing field is not told again.
    const parent = parentOf(field);
    const parentIs = parent === "" || hasObjects(at(now, parent));
    if (!is) {
      if (complete && was.always && parentIs && !field.endsWith("[]"))
        changes.push(drift(field, "missing", true, was, undefined));
      continue;
    }
    const fresh = is.types.filter((type) => !was.types.includes(type));
    // Null says nothing of the type; a field that was only null so far says it now.
    if (fresh.length === 1 && fresh[0] === "null") changes.push(drift(field, "sometimes_null", false, was, is));
    else if (fresh.length > 0) {
      const typed = was.types.some((type) => type !== "null");
      changes.push(drift(field, typed ? "retyped" : "new", typed && was.always, was, is));
    }
    if (was.always && !is.always && !field.endsWith("[]"))
      changes.push(drift(field, "sometimes_missing", false, was, is));
  }
  for (const [field, is] of Object.entries(now)) {
    if (!at(before, field)) changes.push(drift(field, "new", false, undefined, is));
  }
  return changes;
}

/** What is known when these records have been seen as well. */
export function mergeShapes(before: SourceShape, now: SourceShape): SourceShape {
  const merged: Record<string, ShapeField> = Object.create(null);
  for (const field of [...new Set([...Object.keys(before), ...Object.keys(now)])].slice(0, 2 * MAX_FIELDS)) {
    const was = at(before, field);
    const is = at(now, field);
    const absent = is === undefined && couldBeThere(field, now);
    merged[field] = {
      types: [...new Set([...(was?.types ?? []), ...(is?.types ?? [])])].sort(),
      always: (was?.always ?? false) && (is?.always ?? !absent),
    };
  }
  return merged;
}

/** Whether these records had a place for the field. */
function couldBeThere(field: string, shape: SourceShape): boolean {
  const parent = parentOf(field);
  return parent === "" || hasObjects(at(shape, parent));
}

const hasObjects = (field: ShapeField | undefined): boolean => field?.types.includes("object") ?? false;

/** A field may be called like something that every object has. */
const at = (shape: SourceShape, field: string): ShapeField | undefined =>
  Object.hasOwn(shape, field) ? shape[field] : undefined;

const drift = (
  field: string,
  kind: FieldDrift["kind"],
  breaking: boolean,
  before: ShapeField | undefined,
  now: ShapeField | undefined,
): FieldDrift => ({ field, kind, breaking, before: before?.types ?? [], now: now?.types ?? [] });
