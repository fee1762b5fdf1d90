import type { Edit } from "../edit/register.ts";
import { child, children, type SourceNode, textOf } from "../edit/source-tree.ts";
import { indentOf, lineEndOf, type Splice, splice } from "../edit/splice.ts";
import { editSource } from "./edit-source.ts";

/** What `register()` has to do, a line each, without indentation of its own. */
const startLines = (hub: string, indent: string): string[] => [
  'if (process.env.NEXT_RUNTIME === "nodejs") {',
  `${indent}const { startKhotan } = await import("khotan/instrumentation");`,
  `${indent}await startKhotan(() => import("${hub}"));`,
  "}",
];

/** What a person writes when it cannot be done safely. */
export const instrumentationByHand = (hub: string): string =>
  `Do this in its async register():\n${startLines(hub, "  ").join("\n")}`;

/**
 * Start the hub first of all that `register()` does.
 *
 * @param hub how the module imports `khotan.ts`
 */
export const editInstrumentation = (text: string, hub: string): Edit =>
  editSource(text, (program) => {
    if (text.includes("khotan/instrumentation")) return { state: "there" };
    const indent = indentOf(text);
    const line = lineEndOf(text);
    const block = startLines(hub, indent);
    const found = registerOf(program);
    if (found === "elsewhere") return { state: "manual", why: "its register is not written out here" };
    if (found === undefined) {
      const written = ["export async function register() {", ...block.map((one) => indent + one), "}"].join(line);
      return { state: "done", text: `${text.trimEnd()}${line}${line}${written}${line}` };
    }
    const body = child(found, "body");
    if (body?.type !== "BlockStatement") return { state: "manual", why: "its register has no body in braces" };
    const inside = block.map((one) => line + indent + one).join("");
    const pieces: Splice[] = [{ start: body.start + 1, end: body.start + 1, text: inside }];
    if (found.async !== true) pieces.push({ start: found.start, end: found.start, text: "async " });
    return { state: "done", text: splice(text, pieces) };
  });

/** The function that the module exports as `register`. */
function registerOf(program: SourceNode): SourceNode | "elsewhere" | undefined {
  for (const statement of children(program, "body")) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const declaration = child(statement, "declaration");
    if (textOf(child(declaration, "id"), "name") === "register") return declaration;
    for (const one of children(declaration, "declarations")) {
      if (textOf(child(one, "id"), "name") !== "register") continue;
      const value = child(one, "init");
      return value && /^(Arrow)?FunctionExpression$/.test(value.type) ? value : "elsewhere";
    }
    if (children(statement, "specifiers").some((one) => textOf(child(one, "exported"), "name") === "register"))
      return "elsewhere";
  }
  return undefined;
}
