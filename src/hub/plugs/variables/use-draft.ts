import { useState } from "react";
import type { KhotanApiError } from "../../../client/index.ts";
import type { VariableField } from "../../../contract/index.ts";
import { changeDraft, type Draft, type DraftValue, dropFromDraft, fieldProblem, issuesByKey } from "./draft.ts";
import { makeSecret } from "./make-secret.ts";

/** What is being typed into a set of fields, and what is wrong with it. */
export function useDraft(fields: readonly VariableField[]) {
  const [draft, setDraft] = useState<Draft>({});
  const [issues, setIssues] = useState<ReadonlyMap<string, string>>(new Map());
  const [made, setMade] = useState<ReadonlySet<string>>(new Set());
  const [once, setOnce] = useState<ReadonlyMap<string, string>>(new Map());
  const [replacing, setReplacing] = useState<ReadonlySet<string>>(new Set());
  const textOf = (key: string): [string, string][] => {
    const value = draft[key];
    return typeof value === "string" ? [[key, value]] : [];
  };
  const reset = () => {
    setDraft({});
    setMade(new Set());
    setReplacing(new Set());
    setIssues(new Map());
  };
  return {
    draft,
    /** Secrets that were made here and are stored now, in clear, until somebody has copied them. */
    once,
    hideOnce: (key: string) => setOnce((now) => new Map([...now].filter(([other]) => other !== key))),
    make: (field: VariableField) => {
      setDraft((now) => changeDraft(now, field, makeSecret()));
      setMade((now) => new Set([...now, field.key]));
    },
    /** Secrets of the draft that were made and not typed. */
    made,
    /** Stored secrets whose field is open for a new value. */
    replacing,
    replace: (key: string) => setReplacing((now) => new Set([...now, key])),
    issues,
    changes: Object.keys(draft).length,
    problems: fields.filter((field) => fieldProblem(field, draft) !== null || issues.has(field.key)).length,
    change: (field: VariableField, value: DraftValue) => {
      setDraft((now) => changeDraft(now, field, value));
      setMade((now) => new Set([...now].filter((key) => key !== field.key)));
      setIssues((now) => new Map([...now].filter(([key]) => key !== field.key)));
    },
    drop: (key: string) => {
      setDraft((now) => dropFromDraft(now, key));
      setReplacing((now) => new Set([...now].filter((other) => other !== key)));
    },
    reset,
    /** All of it is stored: what was made here is shown once more. */
    saved: () => {
      setOnce((now) => new Map([...now, ...[...made].flatMap((key) => textOf(key))]));
      reset();
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
