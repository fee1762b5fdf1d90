import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { KhotanApiError } from "../../../client/index.ts";
import type { FieldPreview, FieldRule } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { type RuleIssue, ruleIssues } from "./rule-issues.ts";

export type PreviewField = FieldPreview["fields"][number];

export interface KeyedRule {
  readonly key: string;
  readonly rule: FieldRule;
}

interface Outcome {
  /** What became of each rule, by its key. */
  readonly fields: ReadonlyMap<string, PreviewField>;
  /** What is wrong with rules, by their keys. */
  readonly issues: ReadonlyMap<string, RuleIssue>;
}

const NOTHING: Outcome = { fields: new Map(), issues: new Map() };
/** One types on; what is asked meanwhile would be thrown away. */
const PAUSE_MS = 300;

interface PreviewAsk {
  readonly name: string;
  readonly tenant: string;
  readonly rules: readonly KeyedRule[];
  readonly record: unknown;
  readonly direction: "in" | "out";
  readonly enabled: boolean;
}

/** What becomes of a record by the rules as they are typed; a rule that is wrong does not keep the others from it. */
export function usePreview({ name, tenant, rules, record, direction, enabled }: PreviewAsk) {
  const { client } = useHub();
  const text = JSON.stringify([rules, record ?? null, direction]);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery<Outcome, KhotanApiError>({
    queryKey: ["fieldPreview", name, tenant, settled],
    enabled: enabled && rules.length > 0,
    gcTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
    meta: { live: "own" },
    queryFn: async ({ signal }) => {
      const ask = (some: readonly KeyedRule[]) =>
        client.previewFieldMapping({
          params: { name },
          query: { tenant },
          // Without a record the rules are still checked; an empty one stands in.
          body: { record: record ?? {}, direction, definition: { fields: some.map(({ rule }) => rule) } },
          signal,
        });
      let some = rules;
      const issues = new Map<string, RuleIssue>();
      for (let round = 0; round < 3; round += 1) {
        try {
          const preview = some.length === 0 ? { fields: [] } : await ask(some);
          const applied = some.filter(({ rule }) => rule.direction === "both" || rule.direction === direction);
          const fields = preview.fields.map((field, index) => [applied[index]?.key ?? "", field] as const);
          return { fields: new Map(record === null ? [] : fields), issues };
        } catch (error) {
          const found = error instanceof KhotanApiError && error.status === 400 ? ruleIssues(error.issues) : [];
          if (found.length === 0) throw error;
          const wrong = new Set<string>();
          for (const issue of found) {
            const key = some[issue.index]?.key;
            if (key === undefined) continue;
            wrong.add(key);
            if (!issues.has(key)) issues.set(key, issue);
          }
          if (wrong.size === 0) throw error;
          some = some.filter(({ key }) => !wrong.has(key));
        }
      }
      return { fields: new Map(), issues };
    },
  });
  return {
    ...(query.data ?? NOTHING),
    error: query.error,
    /** What is shown belongs to what was typed a moment ago. */
    behind: settled !== text || query.isFetching,
  };
}
