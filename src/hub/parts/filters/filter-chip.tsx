"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { Popover, PopoverTrigger } from "../../../components/ui/popover.tsx";
import { chipText, type FilterField } from "./filter-field.ts";
import { FilterValues } from "./filter-values.tsx";

/** One filter that holds: name, value (press to change), remove. */
export function FilterChip({ field }: { field: FilterField }) {
  const t = useTranslations("parts");
  return (
    <Popover>
      <ChipFrame name={field.label} onRemove={() => field.set([])}>
        <PopoverTrigger className="h-full px-2 font-medium tabular-nums focus-inset hover:bg-accent">
          {chipText(field, (count) => t("values", { count }))}
        </PopoverTrigger>
      </ChipFrame>
      <FilterValues field={field} />
    </Popover>
  );
}

function ChipFrame({ name, onRemove, children }: { name: string; onRemove: () => void; children: ReactNode }) {
  const t = useTranslations("parts");
  return (
    <span
      data-slot="filter-chip"
      className="inline-flex h-control-sm shrink-0 items-center divide-x divide-border overflow-hidden rounded-sm border border-input bg-card text-xs whitespace-nowrap shadow-xs"
    >
      <span className="inline-flex h-full items-center px-2 text-muted-foreground">{name}</span>
      {children}
      <button
        type="button"
        aria-label={t("removeFilter", { name })}
        onClick={onRemove}
        className="grid h-full w-5.5 place-items-center text-faint-foreground focus-inset hover:bg-accent hover:text-foreground small:w-9"
      >
        <Icon name="x" className="size-3" />
      </button>
    </span>
  );
}
