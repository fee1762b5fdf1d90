"use client";

import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { LazyOverlay } from "../lazy-overlay.tsx";
import type { FilterField } from "./filter-field.ts";

const FilterChip = lazy(async () => ({ default: (await import("./filter-chip.tsx")).FilterChip }));
const load = () => import("./add-filter-open.tsx");
const AddFilterOpen = lazy(load);

interface FilterBarProps {
  readonly search: ReactNode;
  readonly fields: readonly FilterField[];
  readonly onClear: () => void;
  /** Fields that are always in sight elsewhere (a rail) and need no chip. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Search, a chip per filter, and a way to add one. On small screens one line that scrolls sideways. */
export function FilterBar({ search, fields, onClear, children, className }: FilterBarProps) {
  const t = useTranslations("parts");
  const active = fields.filter(({ values }) => values.length > 0);
  return (
    <search
      className={cn(
        "flex shrink-0 items-center gap-2 sm:flex-wrap small:no-scrollbar small:bleed-gutter small:overflow-x-auto small:px-gutter small:py-0.5",
        className,
      )}
    >
      {search}
      <Suspense>
        {active.map((field) => (
          <FilterChip key={field.key} field={field} />
        ))}
      </Suspense>
      {active.length < fields.length && (
        <LazyOverlay
          kind="dialog"
          load={load}
          trigger={
            <Button className="border-dashed bg-transparent text-muted-foreground shadow-none">
              <Icon name="plus" className="size-3" />
              {t("filter")}
            </Button>
          }
        >
          {(trigger) => <AddFilterOpen trigger={trigger} fields={fields.filter(({ values }) => values.length === 0)} />}
        </LazyOverlay>
      )}
      {active.length > 1 && (
        <Button variant="ghost" onClick={onClear}>
          {t("clearAll")}
        </Button>
      )}
      <span className="flex-1 small:hidden" />
      {children}
    </search>
  );
}
