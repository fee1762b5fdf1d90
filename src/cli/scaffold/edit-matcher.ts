import type { Edit } from "../edit/register.ts";
import { child, children, propertyOf, type SourceNode, textOf } from "../edit/source-tree.ts";
import { lineEndOf, type Splice, splice } from "../edit/splice.ts";
import { editSource } from "./edit-source.ts";

/** Everything but Workflow's own requests, as a matcher of Next. */
const ALL_ELSE = "/((?!.well-known/workflow/).*)";

/** What a person writes when it cannot be done safely. */
export const MATCHER_BY_HAND = `Leave Workflow's requests out of its matcher, for example:\nexport const config = { matcher: ["${ALL_ELSE}"] };`;

/** Keep a middleware (Next 16: proxy) from Workflow's own requests, which carry no session and must not be redirected. */
export const editMatcher = (text: string): Edit =>
  editSource(text, (program) => {
    const config = configOf(program);
    if (config === undefined) {
      const line = lineEndOf(text);
      return {
        state: "done",
        text: `${text.trimEnd()}${line}${line}export const config = {${line}  matcher: ["${ALL_ELSE}"],${line}};${line}`,
      };
    }
    const matcher = config && child(propertyOf(config, "matcher"), "value");
    if (!matcher) return { state: "manual", why: "its config is not written out as an object with a matcher" };
    const patterns = matcher.type === "ArrayExpression" ? children(matcher, "elements") : [matcher];
    const pieces: Splice[] = [];
    for (const pattern of patterns) {
      const source = literalOf(pattern);
      if (source === undefined)
        return { state: "manual", why: "a pattern of its matcher is not written out as a text" };
      const kept = without(source);
      if (kept === null) return { state: "manual", why: `its pattern ${source} takes them` };
      const raw = text.slice(pattern.start + 1, pattern.end - 1);
      if (kept !== source) pieces.push({ start: pattern.start + 1, end: pattern.end - 1, text: without(raw) ?? raw });
    }
    return pieces.length === 0 ? { state: "there" } : { state: "done", text: splice(text, pieces) };
  });

/** The object that the module exports as `config`; `null` when it is something else. */
function configOf(program: SourceNode): SourceNode | null | undefined {
  for (const statement of children(program, "body")) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const one of children(child(statement, "declaration"), "declarations")) {
      if (textOf(child(one, "id"), "name") !== "config") continue;
      const value = child(one, "init");
      return value?.type === "ObjectExpression" ? value : null;
    }
    if (children(statement, "specifiers").some((one) => textOf(child(one, "exported"), "name") === "config"))
      return null;
  }
  return undefined;
}

function literalOf(node: SourceNode): string | undefined {
  if (node.type === "StringLiteral") return textOf(node, "value");
  if (node.type !== "TemplateLiteral" || children(node, "expressions").length > 0) return undefined;
  const value: unknown = children(node, "quasis")[0]?.value;
  return typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string"
    ? value.cooked
    : undefined;
}

/** The pattern with Workflow's requests left out, the same when it never took them, `null` when that cannot be told. */
function without(pattern: string): string | null {
  if (pattern.includes("well-known")) return pattern;
  if (pattern.startsWith("/((?!")) return `/((?!.well-known/workflow/|${pattern.slice("/((?!".length)}`;
  if (/^\/(:\w+\*|\(\.\*\))$/.test(pattern)) return ALL_ELSE;
  // Begins with a folder of the app's own, or is its front page.
  return /^\/([\w-]|$)/.test(pattern) ? pattern : null;
}
