import jsonata from "jsonata";
import { RE2JS } from "re2js";
import { z } from "zod";
import type { FieldMappingDefinition } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import { storableJson } from "../events/storable-json.ts";
import { readPath } from "./source-value.ts";

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Names that would reach into every object. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Everything about a definition that can be wrong before a record is seen.
 *
 * @throws KhotanError `validation_failed` naming field and position
 */
export function checkDefinition(definition: FieldMappingDefinition, at = "definition"): void {
  const issues = definition.fields.flatMap((rule, index): Issue[] => {
    const path = `${at}.fields[${index}]`;
    const parts = rule.target.split(".");
    const found: Issue[] = [];
    if (parts.some((part) => part === "" || FORBIDDEN.has(part)))
      found.push({ path: `${path}.target`, message: `"${rule.target}" is no name of a field.` });
    if (rule.type === "enum" && rule.values === undefined)
      found.push({ path: `${path}.values`, message: "An enum needs its values." });
    if (rule.type !== "enum" && rule.values !== undefined)
      found.push({ path: `${path}.values`, message: "Only an enum has values." });
    if (typeof rule.sourcePath === "string" && readPath(rule.sourcePath) === null)
      found.push({ path: `${path}.sourcePath`, message: `"${rule.sourcePath}" is no path; write a.b[0].c.` });
    const problem = rule.transform === undefined ? null : transformProblem(rule.transform);
    if (problem) found.push({ path: `${path}.transform`, message: problem });
    return found;
  });
  issues.push(...clashes(definition, at));
  if (storableJson(definition) === null)
    issues.push({ path: at, message: "NUL characters and half characters cannot be stored." });
  if (issues.length === 0) return;
  throw new KhotanError("validation_failed", `${issues[0]?.path}: ${issues[0]?.message}`, { issues });
}

/** Two rules for one field, or for a field and for a part of it, which apply in the same direction. */
function clashes({ fields }: FieldMappingDefinition, at: string): Issue[] {
  return fields.flatMap((rule, index) => {
    const other = fields.findIndex(
      (it, before) =>
        before < index &&
        (it.direction === "both" || rule.direction === "both" || it.direction === rule.direction) &&
        (it.target === rule.target ||
          it.target.startsWith(`${rule.target}.`) ||
          rule.target.startsWith(`${it.target}.`)),
    );
    if (other < 0) return [];
    return [
      { path: `${at}.fields[${index}].target`, message: `fields[${other}] writes "${fields[other]?.target}" already.` },
    ];
  });
}

const syntaxError = z.object({ message: z.string(), position: z.number().optional() });
const node = z.looseObject({ type: z.string().optional(), value: z.unknown(), position: z.number().optional() });

function transformProblem(text: string): string | null {
  try {
    return regexProblem(jsonata(text).ast(), 0);
  } catch (error) {
    const known = syntaxError.safeParse(error);
    if (!known.success) return String(error).slice(0, 200);
    const { message, position } = known.data;
    return position === undefined ? message : `${message} (at position ${position})`;
  }
}

/** Without backtracking there are no lookaheads and back references; better to say so now than at the first record. */
function regexProblem(part: unknown, depth: number): string | null {
  if (typeof part !== "object" || part === null || depth > 200) return null;
  if (part instanceof RegExp) return null;
  const known = node.safeParse(part);
  if (known.success && known.data.type === "regex" && known.data.value instanceof RegExp) {
    try {
      RE2JS.compile(RE2JS.translateRegExp(known.data.value.source));
    } catch (error) {
      return `${error instanceof Error ? error.message : String(error)} (at position ${known.data.position ?? 0})`;
    }
  }
  for (const value of Object.values(part)) {
    const problem = regexProblem(value, depth + 1);
    if (problem) return problem;
  }
  return null;
}
