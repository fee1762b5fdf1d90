"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { DebugPlug, DebugPlugDetail, SavedRequest } from "../../../contract/index.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { SIDES } from "../debugger-view.ts";
import { TabList } from "../tab-list.tsx";
import { EndpointList } from "./endpoint-list.tsx";
import { HistoryList } from "./history-list.tsx";
import { SavedList } from "./saved-list.tsx";

type Side = (typeof SIDES)[number];

interface SidePaneProps {
  readonly plug: DebugPlugDetail;
  readonly plugs: readonly DebugPlug[];
  readonly onPlug: (plug: string) => void;
  readonly tenant: string;
  readonly tenants: readonly string[];
  readonly onTenant: (tenant: string) => void;
  readonly side: Side;
  readonly onSide: (side: Side) => void;
  readonly endpoint: string | null;
  /** The query that leads to the request by path, as it was left. */
  readonly byPath: string;
  readonly exchange: string | null;
  readonly onExchange: (id: string) => void;
  readonly onSaved: (saved: SavedRequest) => void;
}

/** Plug and tenant, then what can be sent: endpoints, what was sent before, what was saved. On a small screen it unfolds. */
export function SidePane(props: SidePaneProps) {
  const {
    plug,
    plugs,
    onPlug,
    tenant,
    tenants,
    onTenant,
    side,
    onSide,
    endpoint,
    byPath,
    exchange,
    onExchange,
    onSaved,
  } = props;
  const t = useTranslations("debugger");
  const [unfolded, setUnfolded] = useState(false);
  const current = plug.endpoints.find(({ name }) => name === endpoint);
  const fold = () => setUnfolded(false);
  return (
    <aside
      aria-label={t("side.label")}
      className="flex min-h-0 w-58 shrink-0 flex-col border-r small:w-full small:border-r-0 small:border-b"
    >
      <div className="grid gap-1.5 px-3 pt-3 pb-1.5 small:grid-cols-2 small:px-4 small:pb-3">
        <div className="relative">
          <PlugTile
            name={plug.plug}
            size="sm"
            className="pointer-events-none absolute top-1/2 left-2 z-1 -translate-y-1/2"
          />
          <Select
            value={plug.plug}
            aria-label={t("side.plug")}
            onChange={({ target }) => onPlug(target.value)}
            className="h-control pl-9 text-sm font-medium"
          >
            {plugs.map(({ plug: name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <div className="relative">
          <Icon
            name="user"
            className="pointer-events-none absolute top-1/2 left-2.5 z-1 size-3.5 -translate-y-1/2 text-faint-foreground"
          />
          <Select
            value={tenant}
            aria-label={t("side.tenant")}
            onChange={({ target }) => onTenant(target.value)}
            className="h-control pl-9 text-sm"
          >
            {tenants.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </div>
        <Button
          aria-expanded={unfolded}
          size="md"
          onClick={() => setUnfolded(!unfolded)}
          className="col-span-2 hidden justify-start small:flex"
        >
          {current && <MethodVerb method={current.method} />}
          <span className="min-w-0 flex-1 truncate text-left font-mono text-xs">
            {current?.path ?? t("side.choose")}
          </span>
          <Icon name={unfolded ? "chevron-up" : "chevron-down"} className="size-3.5" />
        </Button>
      </div>
      <div
        className={
          unfolded ? "flex min-h-0 flex-1 flex-col small:max-h-[60vh]" : "flex min-h-0 flex-1 flex-col small:hidden"
        }
      >
        <TabList
          label={t("side.label")}
          tabs={SIDES.map((id) => ({ id, label: t(`side.${id}`) }))}
          current={side}
          onChange={onSide}
          className="min-h-9 px-3"
        />
        {side === "endpoints" && (
          <EndpointList
            plug={plug.plug}
            endpoints={plug.endpoints}
            current={endpoint}
            byPath={byPath}
            onChosen={fold}
          />
        )}
        {side !== "endpoints" && (
          <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto p-2">
            {side === "history" ? (
              <HistoryList
                plug={plug.plug}
                tenant={tenant}
                current={exchange}
                onOpen={(id) => {
                  fold();
                  onExchange(id);
                }}
              />
            ) : (
              <SavedList
                plug={plug.plug}
                onOpen={(saved) => {
                  fold();
                  onSaved(saved);
                }}
              />
            )}
          </div>
        )}
        {side === "endpoints" && (
          <section aria-label={t("history.latest")} className="border-t px-2 pt-0.5 pb-2 small:hidden">
            <h3 className="px-1.5 pt-2 pb-0.75 text-2xs font-medium text-faint-foreground">{t("history.latest")}</h3>
            <HistoryList plug={plug.plug} tenant={tenant} current={exchange} onOpen={onExchange} limit={3} />
          </section>
        )}
      </div>
    </aside>
  );
}
