"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import { useIssueWords } from "../form/field-issue.tsx";
import type { Issue } from "../model/check-value.ts";

const JsonEditor = lazy(() => import("../editor/json-editor.tsx"));

interface JsonPartProps {
  readonly value: unknown;
  /** What is typed and is no JSON yet. */
  readonly text?: string | null;
  readonly onChange: (part: { readonly value: unknown; readonly text: string | null }) => void;
  readonly issues: readonly Issue[];
  readonly label: string;
  readonly onSend: () => void;
}

const pretty = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");

/** A part of the request as JSON. What is typed stays as it is typed, while its value goes on. */
export function JsonPart({ value, text = null, onChange, issues, label, onSend }: JsonPartProps) {
  const t = useTranslations("debugger");
  const words = useIssueWords();
  const [typed, setTyped] = useState<{ readonly text: string; readonly as: unknown } | null>(null);
  const shown = text ?? (typed && Object.is(typed.as, value) ? typed.text : pretty(value));
  const parsed = parseJson(shown);
  return (
    <div className="flex min-h-0 flex-col gap-2">
      <Suspense fallback={<Skeleton className="h-40 w-full" />}>
        <JsonEditor
          text={shown}
          label={label}
          issues={issues}
          words={words}
          onSend={onSend}
          onChange={(next) => {
            const read = parseJson(next);
            setTyped({ text: next, as: read.ok ? read.value : value });
            onChange(read.ok ? { value: read.value, text: null } : { value, text: next });
          }}
        />
      </Suspense>
      {!parsed.ok && (
        <p role="status" className="text-2xs text-st-failed-fg">
          {t("raw.noJson", { message: parsed.message })}
        </p>
      )}
      {parsed.ok && issues.length > 0 && (
        <ul className="flex flex-col gap-0.5 text-2xs text-st-failed-fg">
          {issues.slice(0, 5).map((issue) => (
            <li key={`${issue.path.join(".")} ${issue.code}`}>
              {issue.path.length > 0 && <code className="text-2xs">{issue.path.join(".")}</code>} {words(issue)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
