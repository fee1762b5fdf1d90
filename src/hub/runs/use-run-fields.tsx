import { useTranslations } from "use-intl";
import type { RunStatus } from "../../contract/index.ts";
import { RUN_KINDS, RUN_SOURCES, RUN_STATUSES } from "../../contract/statuses.ts";
import { useApi } from "../data/use-api.ts";
import type { FilterField } from "../parts/filters/filter-field.ts";
import { TIME_RANGES } from "../parts/filters/time-range.ts";
import { PlugTile } from "../parts/plug-tile.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import type { RunFilters } from "./run-filters.ts";

type SetFilters = (change: Partial<RunFilters>) => unknown;

/** Failures first: they are what people look for. */
const STATUS_ORDER: readonly RunStatus[] = ["failed", "partial", "running", "succeeded", "pending", "cancelled"];

/** The filters as rail and bar show them. */
export function useRunFields(filters: RunFilters, setFilters: SetFilters): { rail: FilterField[]; bar: FilterField[] } {
  const t = useTranslations("runs");
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const handlers = useApi("listHandlers", { query: {} }).data?.items ?? [];
  const known = <T extends string>(all: readonly T[], values: readonly string[]) =>
    all.filter((value) => values.includes(value));

  const status: FilterField = {
    key: "status",
    label: t("filter.status"),
    multiple: true,
    values: filters.status,
    options: STATUS_ORDER.map((value) => ({ value, label: value, icon: <StatusIcon look={RUN_LOOKS[value]} /> })),
    set: (values) => void setFilters({ status: known(RUN_STATUSES, values) }),
  };
  const kind: FilterField = {
    key: "kind",
    label: t("filter.kind"),
    multiple: true,
    values: filters.kind,
    options: RUN_KINDS.map((value) => ({ value, label: value })),
    set: (values) => void setFilters({ kind: known(RUN_KINDS, values) }),
  };
  const source: FilterField = {
    key: "source",
    label: t("filter.source"),
    multiple: true,
    values: filters.source,
    options: RUN_SOURCES.map((value) => ({ value, label: value })),
    set: (values) => void setFilters({ source: known(RUN_SOURCES, values) }),
  };
  const plug: FilterField = {
    key: "plug",
    label: t("filter.plug"),
    multiple: false,
    values: filters.plug === null ? [] : [filters.plug],
    options: plugs.map(({ name, label }) => ({ value: name, label, icon: <PlugTile name={name} /> })),
    set: ([value = null]) => void setFilters({ plug: value }),
  };
  const handler: FilterField = {
    key: "handler",
    label: t("filter.handler"),
    multiple: false,
    values: filters.handler === null ? [] : [filters.handler],
    options: handlers.map(({ id, name }) => ({ value: id, label: name })),
    set: ([value = null]) => void setFilters({ handler: value }),
  };
  const since: FilterField = {
    key: "since",
    label: t("filter.since"),
    multiple: false,
    values: filters.since === null ? [] : [filters.since],
    options: TIME_RANGES.map((value) => ({ value, label: t(`range.${value}`) })),
    set: ([value = null]) => void setFilters({ since: value }),
  };
  return { rail: [status, kind, source, plug], bar: [status, kind, source, plug, handler, since] };
}
