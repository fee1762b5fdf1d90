import type { RuleDraft } from "./rule-draft.ts";
import { buildRule } from "./rule-draft.ts";
import type { RuleIssue } from "./rule-issues.ts";
import type { KeyedRule } from "./use-preview.ts";

/** What is wrong with one rule: which part, in which words; `why` has its words in the message files. */
export type LocalIssue = Pick<RuleIssue, "part" | "position"> &
  ({ readonly why: "empty" | "json" | "path" | "name" | "clash" } | { readonly why: "said"; readonly message: string });

export interface CheckedRules {
  /** Those that can be sent. */
  readonly rules: readonly KeyedRule[];
  readonly issues: ReadonlyMap<string, LocalIssue>;
}

export type TransformCheck = (text: string) => { readonly message: string; readonly position: number | null } | null;

/** What can be told about rules without asking the server. The first of two that write one field counts. */
export function checkRules(drafts: readonly RuleDraft[], transformProblem: TransformCheck): CheckedRules {
  const rules: KeyedRule[] = [];
  const issues = new Map<string, LocalIssue>();
  for (const draft of drafts) {
    const built = buildRule(draft);
    if (!built.ok) {
      issues.set(draft.key, { part: built.part, why: built.why, position: null });
      continue;
    }
    const { rule } = built;
    const problem = rule.transform === undefined ? null : transformProblem(rule.transform);
    if (rule.target.split(".").some((part) => part === "" || /^(__proto__|constructor|prototype)$/.test(part))) {
      issues.set(draft.key, { part: "target", why: "name", position: null });
    } else if (typeof rule.sourcePath === "string" && !isPath(rule.sourcePath)) {
      issues.set(draft.key, { part: "source", why: "path", position: null });
    } else if (rules.some((other) => clash(other.rule, rule))) {
      issues.set(draft.key, { part: "target", why: "clash", position: null });
    } else if (problem) {
      issues.set(draft.key, { part: "transform", why: "said", ...problem });
    } else {
      rules.push({ key: draft.key, rule });
    }
  }
  return { rules, issues };
}

/** `a.b[0].c`, as the server reads it. */
const isPath = (text: string): boolean => /^(?:(?:^|\.)[^.[\]]+|\[\d{1,9}\])+$/.test(text);

const clash = (one: KeyedRule["rule"], other: KeyedRule["rule"]): boolean =>
  (one.direction === "both" || other.direction === "both" || one.direction === other.direction) &&
  (one.target === other.target ||
    one.target.startsWith(`${other.target}.`) ||
    other.target.startsWith(`${one.target}.`));
