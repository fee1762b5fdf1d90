"use client";

import { useTranslations } from "use-intl";
import type { InputFor } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import type { DraftState } from "./use-draft.ts";

interface SaveBarProps {
  readonly state: DraftState;
  readonly pending: boolean;
  readonly onSave: () => void;
  readonly curl: { readonly name: "setVariables"; readonly input: InputFor<"setVariables"> };
}

/** How many changes there are, how many of them cannot be saved yet, and the button that says so. */
export function SaveBar({ state, pending, onSave, curl }: SaveBarProps) {
  const t = useTranslations("plugs");
  return (
    <footer className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-2">
      <span className="text-xs text-muted-foreground">{t("variables.encrypted")}</span>
      <span className="flex-1" />
      {state.problems > 0 && (
        <StatusBadge look={RUN_LOOKS.failed}>{t("variables.toFix", { count: state.problems })}</StatusBadge>
      )}
      {state.changes > 0 ? (
        <Button variant="ghost" onClick={state.reset}>
          {t("variables.discard")}
        </Button>
      ) : (
        <CopyCurl {...curl} compact />
      )}
      <ActionButton
        needs="admin"
        variant="primary"
        pending={pending}
        blocked={
          state.problems > 0
            ? t("variables.toFix", { count: state.problems })
            : state.changes === 0
              ? t("variables.noChange")
              : undefined
        }
        onClick={onSave}
      >
        {t("variables.save", { count: state.changes })}
      </ActionButton>
    </footer>
  );
}
