"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "../../../components/ui/input.tsx";
import type { RetentionRule } from "../../../contract/index.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { readDays } from "./read-days.ts";
import { useDaysText } from "./use-days-text.ts";

interface RuleDialogProps {
  readonly rule: RetentionRule;
  readonly pending: boolean;
  readonly onSave: (days: number | null) => void;
  readonly onClose: () => void;
}

/** How many days, asked before anything is removed sooner. */
export function RuleDialog({ rule, pending, onSave, onClose }: RuleDialogProps) {
  const t = useTranslations("settings");
  const id = useId();
  const daysText = useDaysText();
  const [text, setText] = useState(rule.days === null ? "" : String(rule.days));
  const days = readDays(text);
  return (
    <FormDialog
      title={t("retention.editTitle", { kind: t(`retention.kind.${rule.kind}`) })}
      text={rule.what}
      submit={t("retention.save")}
      needs="admin"
      pending={pending}
      blocked={days === undefined ? t("retention.wrong") : undefined}
      curl={<CopyCurl name="updateRetention" input={{ body: { [rule.kind]: days ?? null } }} className="mr-auto" />}
      onSubmit={() => days !== undefined && onSave(days)}
      onClose={onClose}
    >
      <div className="grid gap-1">
        <label htmlFor={`${id}days`} className="text-xs font-medium">
          {t("retention.editLabel")}
        </label>
        <Input
          id={`${id}days`}
          inputMode="decimal"
          value={text}
          aria-invalid={days === undefined || undefined}
          aria-describedby={`${id}hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}hint`} className="text-xs text-muted-foreground">
          {days === undefined ? t("retention.wrong") : t("retention.editHint")}{" "}
          {t("retention.default", { days: daysText(rule.defaultDays) })}
        </p>
      </div>
    </FormDialog>
  );
}
