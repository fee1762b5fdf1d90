"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { jsonShape } from "../../parts/code/json-shape.ts";
import type { PreviewField } from "./use-preview.ts";

interface PreviewCellProps {
  readonly preview: PreviewField | undefined;
  /** There is a record to preview on. */
  readonly previewing: boolean;
  /** The rule is wrong, so nothing becomes of it. */
  readonly held: boolean;
}

const COLOURS = {
  string: "text-code-string",
  number: "text-code-number",
  literal: "text-code-literal",
  object: "",
  array: "",
} as const;

/** What the field becomes for the record at hand, or why it cannot. */
export function PreviewCell({ preview, previewing, held }: PreviewCellProps) {
  const t = useTranslations("flows.fields");
  if (!previewing || held || !preview) {
    return <span className="py-1 text-xs text-faint-foreground">{previewing && !held ? t("notApplied") : ""}</span>;
  }
  if (preview.error !== null) {
    return <span className="py-1 text-xs text-pretty text-st-failed-fg">{preview.error}</span>;
  }
  const text = JSON.stringify(preview.value) ?? "null";
  return (
    <output
      className={cn("block truncate py-1 font-mono text-xs", COLOURS[jsonShape(preview.value).kind])}
      title={t("from", { source: JSON.stringify(preview.source) ?? "null" })}
    >
      {text}
    </output>
  );
}
