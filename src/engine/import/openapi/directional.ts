import { at, isRecord, type Place, placeText } from "./place.ts";
import { refOf, targetOf } from "./resolve-ref.ts";

const known = new WeakMap<object, Map<string, boolean>>();

/** Whether a schema, or one that it refers to, has properties that go only one way (`readOnly`, `writeOnly`). */
export function isDirectional(root: Place, schema: Place): boolean {
  if (!isRecord(root.value)) return false;
  const answers = known.get(root.value) ?? new Map<string, boolean>();
  known.set(root.value, answers);
  const start = placeText(schema.path);
  const answer = answers.get(start);
  if (answer !== undefined) return answer;

  const seen = new Set<string>([start]);
  const todo: Place[] = [schema];
  let isFound = false;
  for (let place = todo.pop(); place !== undefined && !isFound; place = todo.pop()) {
    const { marked, refs } = scan(place);
    isFound ||= marked;
    for (const each of refs) {
      const target = targetOf(root, each, refOf(each) ?? "");
      const key = placeText(target.path);
      if (answers.get(key) === true) isFound = true;
      if (seen.has(key) || answers.has(key)) continue;
      seen.add(key);
      todo.push(target);
    }
  }
  answers.set(start, isFound);
  return isFound;
}

const MAX_DEPTH = 100;

/** The references in a schema, and whether a property in it is marked. */
function scan(schema: Place): { readonly marked: boolean; readonly refs: readonly Place[] } {
  const refs: Place[] = [];
  let marked = false;
  const visit = (place: Place, depth: number): void => {
    if (depth > MAX_DEPTH || marked || typeof place.value !== "object" || place.value === null) return;
    if (isRecord(place.value)) {
      if (typeof place.value.$ref === "string") refs.push(place);
      if (place.value.readOnly === true || place.value.writeOnly === true) marked = true;
    }
    for (const key of Object.keys(place.value)) {
      if (key !== "example" && key !== "examples" && key !== "default" && key !== "enum")
        visit(at(place, key), depth + 1);
    }
  };
  visit(schema, 0);
  return { marked, refs };
}
