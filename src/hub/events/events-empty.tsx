"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { useApi } from "../data/use-api.ts";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { countEventFilters, type EventFilters } from "./event-filters.ts";

interface EventsEmptyProps {
  readonly filters: EventFilters;
  readonly setFilters: (change: Partial<EventFilters> | null) => unknown;
}

/** "No match" offers the filters to drop; "nothing yet" shows where to send the first webhook. */
export function EventsEmpty({ filters, setFilters }: EventsEmptyProps) {
  const t = useTranslations("events");
  const active = countEventFilters(filters);
  if (active === 0) return <NothingYet />;
  return (
    <EmptyState title={t("noMatch", { count: active })} text={t("noMatchText")}>
      <Button onClick={() => void setFilters({ q: "", plug: null, type: null, since: null, until: null })}>
        <Icon name="x" className="size-3.5" />
        {t("clear", { count: active })}
      </Button>
    </EmptyState>
  );
}

function NothingYet() {
  const t = useTranslations("events");
  const wires = useApi("listWires", { query: {} }).data?.items.filter(({ connected }) => connected) ?? [];
  return (
    <EmptyState title={t("nothing")} text={t(wires.length > 0 ? "nothingConnected" : "nothingText")}>
      {wires.slice(0, 3).map(({ plug, callbackUrl }) => (
        <CodeBlock key={plug} text={callbackUrl} label={t("copyCallback", { plug })} />
      ))}
      <Button asChild>
        <HubLink to="/plugs">
          <Icon name="plugs" className="size-3.5" />
          {t("toPlugs")}
        </HubLink>
      </Button>
    </EmptyState>
  );
}
