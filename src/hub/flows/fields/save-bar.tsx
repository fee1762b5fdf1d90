"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import type { InputFor } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";

interface SaveBarProps {
  readonly changes: number;
  readonly problems: number;
  readonly next: number;
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly pending: boolean;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
  /** Stands only where everything can be sent. */
  readonly curl: InputFor<"saveFieldMapping"> | null;
}

/** How many fields were changed, how many of them are wrong, why, and the button that makes a version of it. */
export function SaveBar(props: SaveBarProps) {
  const { changes, problems, next, note, onNote, pending, onDiscard, onSave, curl } = props;
  const t = useTranslations("flows.fields");
  const id = useId();
  if (changes === 0) return null;
  return (
    <form
      aria-label={t("save.label")}
      className="sticky bottom-0 z-20 flex animate-in flex-wrap items-center gap-2 rounded-lg border border-border-strong bg-popover px-3 py-2 shadow-lg"
      onSubmit={(event) => {
        event.preventDefault();
        if (problems === 0 && !pending) onSave();
      }}
    >
      <span className="text-xs font-medium tabular-nums">{t("save.changes", { count: changes })}</span>
      {problems > 0 && <StatusBadge look={RUN_LOOKS.failed}>{t("save.problems", { count: problems })}</StatusBadge>}
      <label htmlFor={`${id}note`} className="sr-only">
        {t("save.note")}
      </label>
      <Input
        id={`${id}note`}
        value={note}
        maxLength={500}
        placeholder={t("save.note")}
        className="h-control-sm min-w-32 flex-1 basis-40 text-xs"
        onChange={(event) => onNote(event.target.value)}
      />
      {curl && <CopyCurl name="saveFieldMapping" input={curl} compact />}
      <Button variant="ghost" onClick={onDiscard}>
        {t("save.discard")}
      </Button>
      <ActionButton
        needs="operator"
        variant="primary"
        type="submit"
        pending={pending}
        blocked={problems > 0 ? t("save.problems", { count: problems }) : undefined}
      >
        {t("save.save", { version: next })}
      </ActionButton>
    </form>
  );
}
