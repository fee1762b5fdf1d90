import { addImport, importedAs } from "../edit/add-import.ts";
import type { Edit } from "../edit/register.ts";
import { bare, child, children, isNode, resolveName, type SourceNode, textOf } from "../edit/source-tree.ts";
import { splice } from "../edit/splice.ts";
import { editSource } from "./edit-source.ts";

/** What a person writes when it cannot be done safely. */
export const NEXT_CONFIG_BY_HAND =
  'Wrap what it exports, outermost:\nimport { withKhotan } from "khotan/next";\nexport default withKhotan(yourConfig);';

/** Wrap the config that the module exports in `withKhotan(…)`. Its outcome is a function, so it must be outermost. */
export const editNextConfig = (text: string): Edit =>
  editSource(text, (program) => {
    if (importedAs(program, "withKhotan", "khotan/next") ?? /\bwithKhotan\b/.test(text)) return { state: "there" };
    const exported = children(program, "body").find(({ type }) => type === "ExportDefaultDeclaration");
    const value = exported ? rawChild(exported, "declaration") : assigned(program);
    if (!value) return { state: "manual", why: "it has no default export" };
    const config = resolveName(program, bare(value));
    if (config?.type !== "ObjectExpression")
      return { state: "manual", why: "what it exports is no object that is written out" };
    const wrapped = { start: value.start, end: value.end, text: `withKhotan(${text.slice(value.start, value.end)})` };
    if (!exported) {
      const line = 'const { withKhotan } = require("khotan/next");\n';
      return { state: "done", text: splice(text, [{ start: 0, end: 0, text: line }, wrapped]) };
    }
    const { pieces } = addImport(text, program, "withKhotan", "khotan/next");
    return { state: "done", text: splice(text, [...pieces, wrapped]) };
  });

/** The right side of `module.exports = …`. */
function assigned(program: SourceNode): SourceNode | undefined {
  for (const statement of children(program, "body")) {
    const expression = child(statement, "expression");
    const left = child(expression, "left");
    const isExports =
      textOf(child(left, "object"), "name") === "module" && textOf(child(left, "property"), "name") === "exports";
    if (expression?.type === "AssignmentExpression" && isExports) return rawChild(expression, "right");
  }
  return undefined;
}

/** With the type assertion around it, if there is one. */
function rawChild(node: SourceNode, key: string): SourceNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}
