"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { RunRecord } from "../../../contract/index.ts";
import type { LoadedPages } from "../../data/merge-head.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import { RUN_FILTERS } from "../run-filters.ts";

/** Previous and next run of the list one came from, if one came from a list. */
export function RunStepper({ id }: { id: string }) {
  const t = useTranslations("runs");
  const number = new Intl.NumberFormat(useLocale());
  const navigate = useNavigate();
  const [filters] = useQueryStates(RUN_FILTERS);
  const list = useQueryClient().getQueryData<LoadedPages<RunRecord>>(["runs", filters]);
  const rows = list?.pages.flatMap(({ items }) => items) ?? [];
  const index = rows.findIndex((row) => row.id === id);
  const go = (by: number) => {
    const row = rows[index + by];
    if (index >= 0 && row) navigate(`/runs/${row.id}`, { keepQuery: true, replace: true });
  };
  useShortcut({ keys: "j", label: t("stepper.next"), group: "record", run: () => go(1) });
  useShortcut({ keys: "k", label: t("stepper.previous"), group: "record", run: () => go(-1) });
  if (index < 0) return null;
  const more = list?.pages.at(-1)?.page.next !== null;
  return (
    <span className="flex items-center gap-1 small:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("stepper.previous")}
        disabled={index === 0}
        onClick={() => go(-1)}
      >
        <Icon name="chevron-up" className="size-3.5" />
      </Button>
      <span className="text-xs text-muted-foreground tabular-nums">
        {t(more ? "stepper.ofMore" : "stepper.of", {
          number: number.format(index + 1),
          count: number.format(rows.length),
        })}
      </span>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("stepper.next")}
        disabled={index === rows.length - 1}
        onClick={() => go(1)}
      >
        <Icon name="chevron-down" className="size-3.5" />
      </Button>
    </span>
  );
}
