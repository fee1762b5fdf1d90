"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import type { ControlProps } from "./form-context.ts";

/** A place that takes anything: JSON, or a plain word that is meant as a text. */
export function AnyField({ id, value, change, label, invalid }: ControlProps) {
  const t = useTranslations("debugger");
  const shown = value === undefined ? "" : typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  const [typed, setTyped] = useState<{ readonly text: string; readonly as: unknown } | null>(null);
  const text = typed && Object.is(typed.as, value) ? typed.text : shown;
  return (
    <Textarea
      id={id}
      name={id}
      rows={Math.min(8, text.split("\n").length)}
      value={text}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={`${id}-hint`}
      placeholder={t("form.anyPlaceholder")}
      onChange={({ target }) => {
        const parsed = parseJson(target.value);
        const as = parsed.ok ? parsed.value : target.value;
        setTyped({ text: target.value, as });
        change(as);
      }}
      className="py-1"
    />
  );
}
