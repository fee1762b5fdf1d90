import { useCallback, useState } from "react";
import type { FieldMappingDefinition } from "../../../contract/index.ts";
import { draftRules, emptyRule, type RuleDraft } from "./rule-draft.ts";

/** The rules of a mapping while they are changed. */
export function useRules(definition: FieldMappingDefinition) {
  const [stored, setStored] = useState(() => draftRules(definition));
  const [rules, setRules] = useState<readonly RuleDraft[]>(stored);
  const [made, setMade] = useState(0);
  const before = new Map(stored.map((rule) => [rule.key, JSON.stringify(rule)]));
  const changed = new Set(rules.filter((rule) => before.get(rule.key) !== JSON.stringify(rule)).map(({ key }) => key));
  const removed = stored.filter(({ key }) => !rules.some((rule) => rule.key === key)).length;
  return {
    rules,
    changed,
    changes: changed.size + removed,
    change: useCallback(
      (rule: RuleDraft) => setRules((now) => now.map((old) => (old.key === rule.key ? rule : old))),
      [],
    ),
    remove: useCallback((key: string) => setRules((now) => now.filter((rule) => rule.key !== key)), []),
    add: () => {
      const key = `new${made}`;
      setMade(made + 1);
      setRules((now) => [...now, emptyRule(key)]);
      return key;
    },
    /** Begin anew from what is stored now, or throw away what was typed. */
    reset: (next?: FieldMappingDefinition) => {
      const fresh = next ? draftRules(next) : stored;
      setStored(fresh);
      setRules(fresh);
    },
  };
}
