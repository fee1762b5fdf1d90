"use client";

import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { CopyButton } from "../copy-button.tsx";
import type { ListSelection } from "./use-selection.ts";

interface SelectionBarProps {
  readonly list: ListSelection;
  /** How many the filter finds; unknown when left out. */
  readonly matching?: { readonly count: number; readonly about: boolean } | undefined;
  /** What can be done, the primary first. */
  readonly children: ReactNode;
}

/** Floats above the list while rows are chosen: how many, what to do with them, and the way out. */
export default function SelectionBar({ list, matching, children }: SelectionBarProps) {
  const t = useTranslations("parts.selection");
  const number = new Intl.NumberFormat(useLocale());
  const { all, ids } = list.selection;
  const count = matching ? `${number.format(matching.count)}${matching.about ? "+" : ""}` : "";
  return (
    <section
      aria-label={t("label")}
      data-slot="selection-bar"
      className="fixed bottom-6 left-1/2 z-30 flex max-w-[calc(100vw-16px)] -translate-x-1/2 animate-in items-center gap-2 rounded-lg border border-border-strong bg-popover py-2 pr-2 pl-3 shadow-lg small:bottom-16"
    >
      <span className="flex items-center gap-2 text-sm font-medium whitespace-nowrap tabular-nums" aria-live="polite">
        <Icon name="check" className="size-3.5 text-primary-text" />
        {all ? t("all", { count }) : t("count", { count: ids.size, more: "false" })}
      </span>
      {!all && matching && matching.count > ids.size && (
        <Button variant="link" size="text" onClick={list.takeAll} className="small:hidden">
          {t("takeAll", { count })}
        </Button>
      )}
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-border" />
      {children}
      {!all && (
        <CopyButton variant="outline" text={() => [...ids].join("\n")} label={t("copyIds")} className="small:hidden">
          {t("copyIds")}
        </CopyButton>
      )}
      <Button variant="ghost" size="icon" aria-label={t("clear")} onClick={list.clear}>
        <Icon name="x" className="size-3.5" />
      </Button>
    </section>
  );
}
