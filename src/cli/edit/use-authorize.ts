import { addImport, importedAs, importsOf } from "./add-import.ts";
import { findHub } from "./find-hub.ts";
import type { Edit } from "./register.ts";
import { child, children, keyOf, parseSource, propertyOf, type SourceNode, textOf } from "./source-tree.ts";
import { splice } from "./splice.ts";

/** Let `khotan.ts` ask `./authorize` instead of the key alone; any other way of asking is left to a person. */
export function useAuthorize(text: string): Edit {
  let program: SourceNode;
  try {
    program = parseSource(text);
  } catch {
    return { state: "manual", why: "it cannot be parsed" };
  }
  const options = findHub(program);
  if (!options) return { state: "manual", why: "it does not call khotan({ … }) with an object that is written out" };
  if (importedAs(program, "authorize", "./authorize")) return { state: "there" };
  const asked = propertyOf(options, "authorize");
  const old = children(program, "body").find(isKeyAccess);
  if (!asked || textOf(child(asked, "value"), "name") !== "authorize" || !old) {
    return { state: "manual", why: "it asks in a way of its own who may use it" };
  }
  const without = withoutKeyAccess(text, program, old);
  const { pieces } = addImport(without, parseSource(without), "authorize", "./authorize", { isFree: true });
  return { state: "done", text: splice(without, pieces) };
}

/** Without the statement, what was said about it, and its import. */
function withoutKeyAccess(text: string, program: SourceNode, { start, end }: SourceNode): string {
  const remark = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?\n$/.exec(text.slice(0, start))?.[0] ?? "";
  const gap = /^[ \t]*(?:\r?\n)*/.exec(text.slice(end))?.[0] ?? "";
  const pieces = [{ start: start - remark.length, end: end + gap.length, text: "" }];
  const line = importsOf(program).find(({ names }) => names.has("keyAccess"))?.node;
  if (line && text.match(/\bkeyAccess\b/g)?.length === 2) {
    const kept = text.slice(line.start, line.end).replace(/\bkeyAccess\s*,\s*|,\s*keyAccess\b/, "");
    pieces.push({ start: line.start, end: line.end, text: kept });
  }
  return splice(text, pieces);
}

/** `const { authorize } = keyAccess();` */
function isKeyAccess(statement: SourceNode): boolean {
  const [one] = children(statement, "declarations");
  const pattern = child(one, "id");
  const names = children(pattern, "properties").map(keyOf);
  return names.join() === "authorize" && textOf(child(child(one, "init"), "callee"), "name") === "keyAccess";
}
