import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import type { IconName } from "../../../components/ui/icon.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useApi } from "../../data/use-api.ts";
import { kindIcon } from "../../parts/kind-icon.tsx";
import { NAV, NAV_FOOT } from "../../rooms.tsx";
import { debuggerPath } from "../../routing/debugger-path.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { SECTIONS, sectionPath } from "../../settings/sections.ts";
import { usePreferences } from "../khotan-root-client.tsx";
import { signOut } from "../nav/sign-out.ts";
import { COOKIES, LOCALES, remember, THEMES } from "../preferences.ts";
import { THEME_ICONS } from "../theme-icons.ts";
import { readRecent } from "./recent.ts";
import { usePaletteActions } from "./use-palette-actions.ts";

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly keys?: string;
  /** Other words that find it. */
  readonly words?: string[];
  /** Shown, and cannot be chosen. */
  readonly disabled?: boolean;
  /** Set for places; they are remembered. */
  readonly to?: string;
  readonly run: () => void;
}

/** What the palette offers: where one was, where one can go, what one can do. */
export function usePaletteEntries(onShortcuts: () => void, onRunFlow: (flow: FlowRecord) => void) {
  const t = useTranslations("palette");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const navigate = useNavigate();
  const router = useRouter();
  const { authPath, signInPath } = useHub();
  const { theme, setTheme } = usePreferences();
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const handlers = useApi("listHandlers", { query: {} }).data?.items ?? [];
  const flows = useApi("listFlows", { query: {} }).data?.items ?? [];
  const doings = usePaletteActions({ flows, handlers, onRunFlow });
  const settings = useTranslations("settings");
  const place = (
    id: string,
    to: string,
    label: string,
    icon: IconName,
    extra: Partial<PaletteEntry> = {},
  ): PaletteEntry => ({
    id,
    to,
    label,
    icon,
    run: () => navigate(to),
    ...extra,
  });

  const recent = readRecent().map(({ to, label, icon }) => place(`recent:${to}`, to, label, icon));
  const places = [
    ...[...NAV, ...NAV_FOOT].map(({ id, to, icon, key }) =>
      place(`room:${id}`, to, shell(`room.${id}`), icon, { keys: `g ${key}` }),
    ),
    ...SECTIONS.filter((section) => section !== "health" && (section !== "account" || authPath !== null)).map(
      (section) =>
        place(`settings:${section}`, sectionPath(section), settings(`section.${section}`), "settings", {
          hint: shell("room.settings"),
        }),
    ),
    place("rejected", "/events/rejected", shell("attention.rejected"), "shield-x"),
    place("dead", "/events/dead", shell("attention.dead"), "warn"),
    place("failed", "/runs?status=failed", t("failedRuns"), "runs"),
    ...plugs.map(({ name, label, host }) =>
      place(`plug:${name}`, `/plugs/${name}`, label, "plugs", {
        hint: host ?? t("plug"),
        words: [name, t("variables")],
      }),
    ),
    ...plugs.map(({ name, label }) =>
      place(`debug:${name}`, debuggerPath(name), t("debug", { plug: label }), "debugger", {
        hint: shell("room.debugger"),
        words: [name, t("endpoints")],
      }),
    ),
    ...flows.map(({ id, name, kind, plug, destination, variants }) =>
      place(`flow:${id}`, `/flows/${id}`, name, kindIcon(kind), {
        hint: destination ? t("fromTo", { from: plug, to: destination }) : plug,
        words: [kind, plug, ...variants],
      }),
    ),
    ...handlers.map(({ id, name, kind, plug, to }) =>
      place(`handler:${id}`, `/runs?handler=${id}`, name, kindIcon(kind), {
        hint: to ? t("fromTo", { from: plug, to }) : plug,
        words: [kind, plug],
      }),
    ),
  ];
  const actions: PaletteEntry[] = [
    ...doings,
    ...THEMES.filter((option) => option !== theme).map((option) => ({
      id: `theme:${option}`,
      label: t("theme", { theme: shell(`theme.${option}`) }),
      icon: THEME_ICONS[option],
      run: () => setTheme(option),
    })),
    ...LOCALES.filter((option) => option !== locale).map((option) => ({
      id: `locale:${option}`,
      label: shell(`locale.${option}`),
      icon: "language" as const,
      hint: shell("language"),
      run: () => {
        remember(COOKIES.locale, option);
        router.refresh();
      },
    })),
    { id: "shortcuts", label: shell("keys.shortcuts"), icon: "keyboard", keys: "?", run: onShortcuts },
    ...(authPath
      ? [
          {
            id: "sign-out",
            label: shell("signOut"),
            icon: "sign-out" as const,
            run: () => void signOut(authPath, signInPath),
          },
        ]
      : []),
  ];
  return {
    go: (path: string) => navigate(path),
    groups: [
      { id: "recent" as const, entries: recent },
      { id: "places" as const, entries: places },
      { id: "actions" as const, entries: actions },
    ].filter(({ entries }) => entries.length > 0),
  };
}
