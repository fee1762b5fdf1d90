import type { Values } from "nuqs";
import { useTranslations } from "use-intl";
import type { FilterField } from "../parts/filters/filter-field.ts";
import { HEALTHS, KINDS, OVERVIEW_STATE, WINDOWS } from "./overview-state.ts";

type State = Values<typeof OVERVIEW_STATE>;

/** Kind, health and window as filters. */
export function useOverviewFields(state: State, setState: (next: Partial<State>) => unknown): FilterField[] {
  const t = useTranslations("overview");
  return [
    {
      key: "kind",
      label: t("filter.kind"),
      multiple: true,
      options: KINDS.map((value) => ({ value, label: t(`kindOf.${value}`) })),
      values: state.kind,
      set: (values) => void setState({ kind: KINDS.filter((kind) => values.includes(kind)) }),
    },
    {
      key: "health",
      label: t("filter.health"),
      multiple: true,
      options: HEALTHS.map((value) => ({ value, label: t(`health.${value}`) })),
      values: state.health,
      set: (values) => void setState({ health: HEALTHS.filter((health) => values.includes(health)) }),
    },
    {
      key: "window",
      label: t("filter.window"),
      multiple: false,
      options: WINDOWS.map((value) => ({ value: String(value), label: t("minutes", { count: value }) })),
      values: state.window === OVERVIEW_STATE.window.defaultValue ? [] : [String(state.window)],
      set: ([value]) => void setState({ window: value === undefined ? 15 : Number(value) }),
    },
  ];
}
