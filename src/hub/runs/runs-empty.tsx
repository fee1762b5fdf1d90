"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { countRunFilters, type RunFilters } from "./run-filters.ts";

interface RunsEmptyProps {
  readonly filters: RunFilters;
  readonly setFilters: (change: Partial<RunFilters> | null) => unknown;
}

export function RunsEmpty({ filters, setFilters }: RunsEmptyProps) {
  const t = useTranslations("runs");
  const active = countRunFilters(filters);
  if (active > 0) {
    return (
      <EmptyState title={t("noMatch", { count: active })} text={t("noMatchText")}>
        <Button
          onClick={() =>
            void setFilters({
              q: "",
              status: [],
              kind: [],
              source: [],
              plug: null,
              handler: null,
              flow: null,
              variant: null,
              since: null,
              until: null,
            })
          }
        >
          <Icon name="x" className="size-3.5" />
          {t("clear", { count: active })}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t("nothing")} text={t("nothingText")}>
      <Button asChild>
        <HubLink to="/plugs">
          <Icon name="plugs" className="size-3.5" />
          {t("toPlugs")}
        </HubLink>
      </Button>
    </EmptyState>
  );
}
