import type { RulePart } from "./rule-draft.ts";

export interface RuleIssue {
  /** Which of the rules that were sent, from 0. */
  readonly index: number;
  readonly part: RulePart | null;
  readonly message: string;
  /** Where in the text, from 0. */
  readonly position: number | null;
}

const PARTS: Readonly<Record<string, RulePart>> = {
  target: "target",
  source: "source",
  sourcePath: "source",
  transform: "transform",
  type: "type",
  values: "values",
  default: "fallback",
};

/**
 * What the server finds wrong, rule by rule.
 *
 * @example ruleIssues([{ path: "definition.fields[3].transform", message: "Unexpected end (at position 7)" }])
 * // [{ index: 3, part: "transform", message: "Unexpected end", position: 7 }]
 */
export function ruleIssues(issues: readonly { readonly path: string; readonly message: string }[]): RuleIssue[] {
  return issues.flatMap(({ path, message }) => {
    const found = /fields(?:\[(\d+)\]|\.(\d+))(?:\.(\w+))?/.exec(path);
    if (!found) return [];
    const at = / \(at position (\d+)\)$/.exec(message);
    return [
      {
        index: Number(found[1] ?? found[2]),
        part: PARTS[found[3] ?? ""] ?? null,
        message: at ? message.slice(0, at.index) : message,
        position: at ? Number(at[1]) : null,
      },
    ];
  });
}
