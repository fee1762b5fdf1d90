"use client";

import { useTranslations } from "use-intl";

interface RuleProblemProps {
  readonly id: string;
  readonly message: string | null;
  /** The text that is wrong, and where. */
  readonly text?: string;
  readonly position?: number | null;
}

const AROUND = 24;

/** What is wrong with a rule, and the very place in its transform. */
export function RuleProblem({ id, message, text = "", position = null }: RuleProblemProps) {
  const t = useTranslations("flows.fields");
  // JSONata counts the place behind what it could not read.
  const at = position === null ? null : Math.max(0, Math.min(text.length, position) - 1);
  return (
    <p id={id} aria-live="polite" className="text-xs text-pretty text-st-failed-fg empty:hidden">
      {message}
      {message !== null && at !== null && text !== "" && (
        <>
          {" "}
          <code title={t("at", { position: at + 1 })} className="rounded-xs bg-st-failed-bg px-1">
            {at > AROUND && "…"}
            {text.slice(Math.max(0, at - AROUND), at)}
            <mark className="bg-transparent font-semibold text-st-failed-fg underline decoration-wavy underline-offset-2">
              {text.slice(at, at + 1) || t("end")}
            </mark>
            {text.slice(at + 1, at + AROUND)}
          </code>
        </>
      )}
    </p>
  );
}
