import type { HandlerRecord, PlugRecord } from "../../contract/index.ts";

export interface OverviewItem {
  readonly id: string;
  readonly kind: "plug" | HandlerRecord["kind"];
  readonly name: string;
  /** Where a handler's events come from and go to, or a plug's host. */
  readonly from: string | null;
  readonly to: string | null;
  readonly trouble: Trouble | null;
  readonly link: string;
}

export type Trouble =
  | { readonly word: "dead" | "missing" | "waiting"; readonly count: number }
  | { readonly word: "error" | "expired" | "unwired" | "off" | "paused"; readonly count: 0 };

export interface OverviewGroups {
  readonly attention: readonly OverviewItem[];
  readonly quiet: readonly OverviewItem[];
}

/** Troubles that a person has chosen are no call for attention. */
const CHOSEN: readonly Trouble["word"][] = ["off", "paused", "waiting", "unwired"];

/** Plugs and handlers, those that need a person first. */
export function overviewGroups(plugs: readonly PlugRecord[], handlers: readonly HandlerRecord[]): OverviewGroups {
  const items: OverviewItem[] = [
    ...plugs.map((plug) => ({
      id: plug.id,
      kind: "plug" as const,
      name: plug.label,
      from: plug.host,
      to: null,
      trouble: plugTrouble(plug),
      link: `/plugs/${plug.name}`,
    })),
    ...handlers.map((handler) => {
      const trouble = handlerTrouble(handler);
      return {
        id: handler.id,
        kind: handler.kind,
        name: handler.name,
        from: handler.plug,
        to: handler.to,
        trouble,
        link: trouble?.word === "dead" ? `/events/dead?handler=${handler.id}` : `/runs?handler=${handler.id}`,
      };
    }),
  ];
  const needs = (item: OverviewItem) => item.trouble !== null && !CHOSEN.includes(item.trouble.word);
  return { attention: items.filter(needs), quiet: items.filter((item) => !needs(item)) };
}

function plugTrouble({ enabled, connection, wire }: PlugRecord): Trouble | null {
  if (!enabled) return { word: "off", count: 0 };
  if (connection.status === "error" || wire?.status === "error") return { word: "error", count: 0 };
  if (connection.status === "expired" || wire?.status === "expired") return { word: "expired", count: 0 };
  if (connection.missing.length > 0) return { word: "missing", count: connection.missing.length };
  return wire?.status === "disabled" ? { word: "unwired", count: 0 } : null;
}

function handlerTrouble({ dead, enabled, paused, waiting }: HandlerRecord): Trouble | null {
  if (dead > 0) return { word: "dead", count: dead };
  if (!enabled) return { word: "off", count: 0 };
  if (paused) return { word: "paused", count: 0 };
  return waiting > 0 ? { word: "waiting", count: waiting } : null;
}
