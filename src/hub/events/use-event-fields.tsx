import { useTranslations } from "use-intl";
import { useApi } from "../data/use-api.ts";
import type { FilterField } from "../parts/filters/filter-field.ts";
import { TIME_RANGES } from "../parts/filters/time-range.ts";
import { PlugTile } from "../parts/plug-tile.tsx";
import type { EventFilters } from "./event-filters.ts";

type SetFilters = (change: { plug?: string | null; type?: string | null; since?: string | null }) => unknown;

/** The filters as the bar shows them: plugs as registered, types as seen in the rows at hand. */
export function useEventFields(filters: EventFilters, setFilters: SetFilters, types: readonly string[]): FilterField[] {
  const t = useTranslations("events");
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const known = filters.type === null || types.includes(filters.type) ? types : [filters.type, ...types];
  return [
    {
      key: "plug",
      label: t("filter.plug"),
      multiple: false,
      values: filters.plug === null ? [] : [filters.plug],
      options: plugs.map(({ name, label }) => ({ value: name, label, icon: <PlugTile name={name} /> })),
      set: ([plug = null]) => void setFilters({ plug }),
    },
    {
      key: "type",
      label: t("filter.type"),
      multiple: false,
      values: filters.type === null ? [] : [filters.type],
      options: known.map((type) => ({ value: type, label: type })),
      set: ([type = null]) => void setFilters({ type }),
    },
    {
      key: "since",
      label: t("filter.since"),
      multiple: false,
      values: filters.since === null ? [] : [filters.since],
      options: TIME_RANGES.map((range) => ({ value: range, label: t(`range.${range}`) })),
      set: ([since = null]) => void setFilters({ since }),
    },
  ];
}
