"use client";

import { useTranslations } from "use-intl";
import type { Issue } from "../model/check-value.ts";
import type { Path } from "../model/schema.ts";
import { useForm } from "./form-context.ts";

/** The words for an issue. */
export function useIssueWords(): (issue: Issue) => string {
  const t = useTranslations("debugger");
  return ({ code, wanted }) => {
    if (code !== "type") return t(`issue.${code}`, { wanted });
    const known = TYPES.find((type) => type === wanted);
    return t("issue.type", { wanted: known ? t(`type.${known}`) : wanted });
  };
}

const TYPES = ["string", "number", "integer", "boolean", "array", "object", "null"] as const;

interface FieldIssueProps {
  readonly id: string;
  readonly path: Path;
  readonly description: string | null;
}

/** What is wrong at exactly this place, else what the schema says of it. */
export function FieldIssue({ id, path, description }: FieldIssueProps) {
  const words = useIssueWords();
  const issue = issueAt(useForm().issues, path);
  const text = issue ? words(issue) : description;
  if (!text) return null;
  return (
    <p
      id={id}
      className={
        issue ? "pt-0.75 text-2xs text-pretty text-st-failed-fg" : "pt-0.75 text-2xs text-pretty text-muted-foreground"
      }
    >
      {text}
    </p>
  );
}

export const issueAt = (issues: readonly Issue[], path: Path): Issue | undefined =>
  issues.find((issue) => issue.path.length === path.length && issue.path.every((step, at) => step === path[at]));
