"use client";

import { useTranslations } from "use-intl";
import type { Failure } from "../../../contract/index.ts";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";

/** Where a call ended that got no answer, by its code. */
const PHASES = [
  "network_blocked",
  "network_dns",
  "network_refused",
  "network_tls",
  "network_reset",
  "timeout_connect",
  "timeout_headers",
  "timeout_total",
  "variables_missing",
  "auth_failed",
  "auth_missing",
] as const;

/** Why the call failed, in words, with what to do and the code. */
export function AnswerProblem({ error }: { error: Failure }) {
  const t = useTranslations("debugger");
  const phase = PHASES.find((code) => code === error.code);
  return (
    <Note look={RUN_LOOKS.failed} role="alert" className="mx-4 mb-3">
      <p className="font-medium [overflow-wrap:anywhere]">{error.message}</p>
      {error.hint && <p className="pt-0.5 text-xs leading-4.5 text-pretty">{error.hint}</p>}
      <p className="pt-0.5 text-xs">
        <code className="text-st-failed-fg">{error.code}</code>
        {phase && <span className="text-muted-foreground"> {t(`phase.${phase}`)}</span>}
      </p>
    </Note>
  );
}
