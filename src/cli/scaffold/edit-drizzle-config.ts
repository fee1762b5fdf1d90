import { insertElement } from "../edit/insert-element.ts";
import type { Edit } from "../edit/register.ts";
import { bare, child, children, propertyOf, resolveName, type SourceNode } from "../edit/source-tree.ts";
import { splice } from "../edit/splice.ts";
import { editSource } from "./edit-source.ts";

/** What a person writes when it cannot be done safely. */
export const DRIZZLE_BY_HAND =
  'Keep drizzle-kit from Khotan\'s tables, which it would drop:\ntablesFilter: ["!khotan_*"]';

/** Tell drizzle-kit to leave `khotan_*` alone: Khotan migrates its own tables, and a `push` would drop them. */
export const editDrizzleConfig = (text: string): Edit =>
  editSource(text, (program) => {
    if (/!khotan_/.test(text)) return { state: "there" };
    const options = optionsOf(program);
    if (!options) return { state: "manual", why: "its default export is no object that is written out" };
    const filter = propertyOf(options, "tablesFilter");
    if (!filter)
      return { state: "done", text: splice(text, insertElement(text, options, 'tablesFilter: ["!khotan_*"]')) };
    const list = child(filter, "value");
    if (list?.type !== "ArrayExpression")
      return { state: "manual", why: "its tablesFilter is no list that is written out" };
    return { state: "done", text: splice(text, insertElement(text, list, '"!khotan_*"')) };
  });

/** Of `export default defineConfig({…})`, `export default {…}` or a constant of these. */
function optionsOf(program: SourceNode): SourceNode | undefined {
  const exported = children(program, "body").find(({ type }) => type === "ExportDefaultDeclaration");
  const value = resolveName(program, child(exported, "declaration"));
  const first = value?.type === "CallExpression" ? children(value, "arguments")[0] : value;
  const options = first && resolveName(program, bare(first));
  return options?.type === "ObjectExpression" ? options : undefined;
}
