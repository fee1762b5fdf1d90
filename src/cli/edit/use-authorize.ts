import { addImport, importedAs } from "./add-import.ts";
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
  const without = splice(text, [{ start: old.start, end: old.end, text: "" }]);
  const { pieces } = addImport(without, parseSource(without), "authorize", "./authorize");
  return { state: "done", text: splice(without, pieces) };
}

/** `const { authorize } = keyAccess();` */
function isKeyAccess(statement: SourceNode): boolean {
  const [one] = children(statement, "declarations");
  const pattern = child(one, "id");
  const names = children(pattern, "properties").map(keyOf);
  return names.join() === "authorize" && textOf(child(child(one, "init"), "callee"), "name") === "keyAccess";
}
