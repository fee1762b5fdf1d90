import { useLocale, useTranslations } from "use-intl";
import type { RunFacets, RunStatus } from "../../contract/index.ts";
import { RUN_KINDS, RUN_SOURCES, RUN_STATUSES } from "../../contract/statuses.ts";
import { useApi } from "../data/use-api.ts";
import type { FilterField } from "../parts/filters/filter-field.ts";
import { resolveTime, TIME_RANGES } from "../parts/filters/time-range.ts";
import { PlugTile } from "../parts/plug-tile.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { formatMinute } from "../parts/time/format-time.ts";
import { facetCount } from "./facet-count.ts";
import type { RunFilters } from "./run-filters.ts";

type SetFilters = (change: Partial<RunFilters>) => unknown;

/** Failures first: they are what people look for. */
const STATUS_ORDER: readonly RunStatus[] = ["failed", "partial", "running", "succeeded", "pending", "cancelled"];

/** The filters as rail and bar show them. */
export function useRunFields(
  filters: RunFilters,
  setFilters: SetFilters,
  facets: RunFacets | undefined,
): { rail: FilterField[]; bar: FilterField[] } {
  const t = useTranslations("runs");
  const locale = useLocale();
  const counter = (field: keyof RunFacets) => (value: string) => facetCount(facets?.[field], value, locale);
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const handlers = useApi("listHandlers", { query: {} }).data?.items ?? [];
  const flows = useApi("listFlows", {}).data?.items ?? [];
  const known = <T extends string>(all: readonly T[], values: readonly string[]) =>
    all.filter((value) => values.includes(value));

  const status: FilterField = {
    key: "status",
    label: t("filter.status"),
    multiple: true,
    values: filters.status,
    options: STATUS_ORDER.map((value) => ({
      value,
      label: value,
      icon: <StatusIcon look={RUN_LOOKS[value]} />,
      count: counter("status")(value),
    })),
    set: (values) => void setFilters({ status: known(RUN_STATUSES, values) }),
  };
  const kind: FilterField = {
    key: "kind",
    label: t("filter.kind"),
    multiple: true,
    values: filters.kind,
    options: RUN_KINDS.map((value) => ({ value, label: value, count: counter("kind")(value) })),
    set: (values) => void setFilters({ kind: known(RUN_KINDS, values) }),
  };
  const source: FilterField = {
    key: "source",
    label: t("filter.source"),
    multiple: true,
    values: filters.source,
    options: RUN_SOURCES.map((value) => ({ value, label: value, count: counter("source")(value) })),
    set: (values) => void setFilters({ source: known(RUN_SOURCES, values) }),
  };
  const plug: FilterField = {
    key: "plug",
    label: t("filter.plug"),
    multiple: false,
    values: filters.plug === null ? [] : [filters.plug],
    options: plugs.map(({ name, label }) => ({
      value: name,
      label,
      icon: <PlugTile name={name} />,
      count: counter("plug")(name),
    })),
    set: ([value = null]) => void setFilters({ plug: value }),
  };
  const handler: FilterField = {
    key: "handler",
    label: t("filter.handler"),
    multiple: false,
    values: filters.handler === null ? [] : [filters.handler],
    options: handlers.map(({ id, name }) => ({ value: id, label: name, count: counter("handler")(id) })),
    set: ([value = null]) => void setFilters({ handler: value }),
  };
  const flow: FilterField = {
    key: "flow",
    label: t("filter.flow"),
    multiple: false,
    values: filters.flow === null ? [] : [filters.flow],
    options: flows.map(({ id, name }) => ({ value: id, label: name, count: counter("flow")(id) })),
    set: ([value = null]) => void setFilters({ flow: value }),
  };
  const variants = [
    ...new Set([...flows.flatMap((each) => each.variants), ...(filters.variant ? [filters.variant] : [])]),
  ];
  const variant: FilterField = {
    key: "variant",
    label: t("filter.variant"),
    multiple: false,
    values: filters.variant === null ? [] : [filters.variant],
    options: variants.map((value) => ({ value, label: value })),
    set: ([value = null]) => void setFilters({ variant: value }),
  };
  const tenants = facets?.tenant ?? [];
  const tenant: FilterField = {
    key: "tenant",
    label: t("filter.tenant"),
    multiple: false,
    values: filters.tenant === null ? [] : [filters.tenant],
    options: tenants.map(({ value }) => ({ value, label: value, count: counter("tenant")(value) })),
    set: ([value = null]) => void setFilters({ tenant: value }),
  };
  const since: FilterField = {
    key: "since",
    label: t("filter.since"),
    multiple: false,
    values: filters.since === null && filters.until === null ? [] : [filters.since ?? ""],
    options: [
      ...TIME_RANGES.map((value) => ({ value, label: t(`range.${value}`) })),
      // A range that was dragged has no name but its borders.
      ...(isNamed(filters.since) && filters.until === null
        ? []
        : [{ value: filters.since ?? "", label: rangeText(filters, t("histogram.now"), locale) }]),
    ],
    set: ([value = null]) => void setFilters({ since: value, until: null }),
  };
  const many = tenants.length > 1 ? [tenant] : [];
  return {
    rail: [status, kind, source, plug, ...many],
    bar: [
      status,
      kind,
      source,
      plug,
      handler,
      ...(flows.length > 0 ? [flow] : []),
      ...(variants.length > 0 ? [variant] : []),
      since,
    ],
  };
}

const isNamed = (since: string | null): boolean => since === null || TIME_RANGES.some((range) => range === since);

function rangeText({ since, until }: RunFilters, end: string, locale: string): string {
  const now = Date.now();
  const time = (text: string) => formatMinute(Date.parse(resolveTime(text, now) ?? text), now, locale);
  return `${since ? time(since) : ""} – ${until ? time(until) : end}`;
}
