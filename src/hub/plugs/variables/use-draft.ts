import { useState } from "react";
import type { KhotanApiError } from "../../../client/index.ts";
import type { VariableField } from "../../../contract/index.ts";
import { changeDraft, type Draft, type DraftValue, dropFromDraft, fieldProblem, issuesByKey } from "./draft.ts";

/** What is being typed into a set of fields, and what is wrong with it. */
export function useDraft(fields: readonly VariableField[]) {
  const [draft, setDraft] = useState<Draft>({});
  const [issues, setIssues] = useState<ReadonlyMap<string, string>>(new Map());
  const [replacing, setReplacing] = useState<ReadonlySet<string>>(new Set());
  return {
    draft,
    /** Stored secrets whose field is open for a new value. */
    replacing,
    replace: (key: string) => setReplacing((now) => new Set([...now, key])),
    issues,
    changes: Object.keys(draft).length,
    problems: fields.filter((field) => fieldProblem(field, draft) !== null || issues.has(field.key)).length,
    change: (field: VariableField, value: DraftValue) => {
      setDraft((now) => changeDraft(now, field, value));
      setIssues((now) => new Map([...now].filter(([key]) => key !== field.key)));
    },
    drop: (key: string) => {
      setDraft((now) => dropFromDraft(now, key));
      setReplacing((now) => new Set([...now].filter((other) => other !== key)));
    },
    reset: () => {
      setDraft({});
      setReplacing(new Set());
      setIssues(new Map());
    },
    /** Put the server's complaints beside their fields; `true` when all of them found one. */
    refused: (error: KhotanApiError): boolean => {
      const byKey = issuesByKey(error.issues);
      setIssues(byKey);
      return byKey.size > 0 && [...byKey.keys()].every((key) => fields.some((field) => field.key === key));
    },
  };
}

export type DraftState = ReturnType<typeof useDraft>;
