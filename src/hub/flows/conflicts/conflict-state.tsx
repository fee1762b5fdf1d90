"use client";

import { useTranslations } from "use-intl";
import type { ConflictRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { RunNowButton } from "../run-now/run-now-button.tsx";
import { mayChoose } from "./conflict-choice.ts";

const LOOKS = { decided: RUN_LOOKS.partial, resolving: RUN_LOOKS.pending, resolved: RUN_LOOKS.succeeded } as const;

/** Who decided, whether it is written yet, and what a person can do. */
export function ConflictState({ conflict }: { conflict: ConflictRecord }) {
  const t = useTranslations("flows.conflicts");
  const { status, outcome, plug } = conflict;
  const flow = useApi("listFlows", { query: {} }).data?.items.find(({ id }) => id === conflict.flowId);
  return (
    <Note look={LOOKS[status]} role="status">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-medium">{t(`state.${status}`, { outcome, plug })}</p>
          <p className="text-xs text-pretty">
            {status === "decided" && !mayChoose(conflict) ? t("stateText.gone") : t(`stateText.${status}`)}
          </p>
        </div>
        {status === "resolving" && flow && <RunNowButton row={{ flow, variant: null }} />}
      </div>
    </Note>
  );
}
