"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { FieldDrift } from "../../../contract/index.ts";

const SIGNS = { new: "+", missing: "−", retyped: "~", sometimes_missing: "~", sometimes_null: "~" } as const;

/** What became of each field, like a diff: gone, new, another type. Those that break come first. */
export function DriftLines({ changes }: { changes: readonly FieldDrift[] }) {
  const t = useTranslations("flows.drift");
  const sorted = changes.toSorted((a, b) => Number(b.breaking) - Number(a.breaking) || a.field.localeCompare(b.field));
  return (
    <ul className="text-xs">
      {sorted.map((change) => (
        <li
          key={`${change.field} ${change.kind}`}
          className={cn(
            "grid min-h-6.5 grid-cols-[14px_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.6fr)] items-center gap-x-2 px-3 py-1 @max-[560px]:grid-cols-[14px_minmax(0,1fr)_auto]",
            change.kind === "new" ? "bg-diff-add" : change.kind === "missing" ? "bg-diff-del" : "bg-st-partial-bg",
          )}
        >
          <span aria-hidden="true" className="font-mono">
            {SIGNS[change.kind]}
          </span>
          <code className="truncate" title={change.field}>
            {change.field}
          </code>
          <code className="truncate text-muted-foreground">{typeText(change)}</code>
          <span className="text-pretty @max-[560px]:col-start-2 @max-[560px]:col-end-[-1]">
            {t(`kind.${change.kind}`)} {change.breaking && <b className="font-medium">{t("breaking")}</b>}
          </span>
        </li>
      ))}
    </ul>
  );
}

const typeText = ({ kind, before, now }: FieldDrift): string =>
  kind === "new"
    ? now.join(" | ")
    : kind === "missing"
      ? before.join(" | ")
      : `${before.join(" | ")} → ${now.join(" | ") || before.join(" | ")}`;
