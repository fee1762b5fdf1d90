/** A place in a record, as a field rule names it, with what is there. */
export interface RecordPath {
  readonly path: string;
  readonly value: unknown;
}

const MOST = 400;
const DEEPEST = 6;

/**
 * Every place in a record that a rule can read, from the outside in; of lists only the first entry.
 *
 * @example recordPaths({ sku: "a", lines: [{ qty: 1 }] }).map(({ path }) => path) // ["sku", "lines", "lines[0].qty"]
 */
export function recordPaths(record: unknown): RecordPath[] {
  const found: RecordPath[] = [];
  const visit = (value: unknown, path: string, depth: number) => {
    if (found.length >= MOST) return;
    if (path !== "") found.push({ path, value });
    if (typeof value !== "object" || value === null || depth >= DEEPEST) return;
    if (Array.isArray(value)) {
      const [first] = value;
      if (typeof first === "object" && first !== null) visitAll(first, `${path}[0]`, depth + 1);
      return;
    }
    visitAll(value, path, depth);
  };
  const visitAll = (value: object, path: string, depth: number) => {
    for (const [name, inner] of Object.entries(value)) {
      // A name with dots or brackets in it can only be written as a list of steps.
      const plain = /^[^.[\]]+$/.test(name);
      if (plain) visit(inner, path === "" ? name : `${path}.${name}`, depth + 1);
      else if (path === "") visit(inner, JSON.stringify([name]), DEEPEST);
    }
  };
  visit(record, "", 0);
  return found;
}

/** The places that match what is typed: those that begin with it, then those that hold it. */
export function matchPaths(paths: readonly RecordPath[], typed: string, most = 12): RecordPath[] {
  const text = typed.trim().toLowerCase();
  if (text === "") return paths.slice(0, most);
  const begins = paths.filter(({ path }) => path.toLowerCase().startsWith(text));
  const holds = paths.filter((one) => !begins.includes(one) && one.path.toLowerCase().includes(text));
  return [...begins, ...holds].slice(0, most);
}

/**
 * The records in an answer: its longest list of objects wherever it is, else the answer itself.
 *
 * @example recordsIn({ items: [{ id: 1 }], total: 1 }) // [{ id: 1 }]
 */
export function recordsIn(answer: unknown): unknown[] {
  let best: unknown[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== "object" || value === null || depth > 4) return;
    if (Array.isArray(value)) {
      const objects = value.filter((one) => typeof one === "object" && one !== null && !Array.isArray(one));
      if (objects.length > best.length) best = objects;
      return;
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  // A list inside of a single record is part of it: only an envelope around a list is looked into.
  visit(answer, 0);
  if (best.length > 0 && (Array.isArray(answer) || isEnvelope(answer, best))) return best;
  return typeof answer === "object" && answer !== null ? [answer] : [];
}

const LIST_NAMES =
  /^(items|data|results?|records|rows|entries|values|list|content|hits|edges|nodes|elements|objects)$/i;

/** Does the list stand where envelopes have theirs: by its name, or with nothing but paging beside it? */
function isEnvelope(answer: unknown, list: readonly unknown[]): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  for (const [name, value] of Object.entries(answer)) {
    if (Array.isArray(value) && value.length >= list.length && LIST_NAMES.test(name)) return true;
    if (typeof value === "object" && value !== null && !Array.isArray(value) && LIST_NAMES.test(name)) {
      if (isEnvelope(value, list)) return true;
    }
  }
  return !("id" in answer) && Object.values(answer).filter(Array.isArray).length === 1;
}
