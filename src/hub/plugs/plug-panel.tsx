"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { Tag } from "../../components/ui/tag.tsx";
import type { PlugRecord } from "../../contract/index.ts";
import { Note } from "../parts/note.tsx";
import { PlugTile } from "../parts/plug-tile.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { debuggerPath } from "../routing/debugger-path.ts";
import { HubLink } from "../routing/hub-link.tsx";
import { BreakerCard } from "./breaker/breaker-card.tsx";
import { CallsCard } from "./calls/calls-card.tsx";
import { ConsentCard } from "./consent/consent-card.tsx";
import { HandlersCard } from "./handlers/handlers-card.tsx";
import { HistoryCard } from "./history/history-card.tsx";
import { LimitsCard } from "./limits/limits-card.tsx";
import { VariablesCard } from "./variables/variables-card.tsx";
import { WireCard } from "./wire/wire-card.tsx";

interface PlugPanelProps {
  readonly plug: PlugRecord;
  readonly tenant: string;
  readonly onTenant: (tenant: string) => void;
}

/** Everything about one plug for one tenant. */
export function PlugPanel({ plug, tenant, onTenant }: PlugPanelProps) {
  const t = useTranslations("plugs");
  const connections = plug.tenants.length;
  return (
    <>
      <header className="flex flex-wrap items-center gap-2.5 pt-4 pb-3">
        <PlugTile name={plug.name} size="md" />
        <h2 className="text-lg font-semibold tracking-[-0.012em]">{plug.label}</h2>
        {connections > 0 && <Tag variant="line">{t("connections", { count: connections })}</Tag>}
        <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground small:w-full small:flex-none">
          {[plug.auth, plug.description].filter(Boolean).join(", ")}
        </span>
        <div className="flex items-center gap-1.5 small:order-last small:w-full small:[&>*]:flex-1">
          {plug.docsUrl && (
            <Button asChild variant="ghost">
              <a href={plug.docsUrl} target="_blank" rel="noreferrer">
                <Icon name="external" className="size-3.5" />
                {t("docs")}
              </a>
            </Button>
          )}
          <Button asChild>
            <HubLink to={debuggerPath(plug.name)}>
              <Icon name="debugger" className="size-3.5" />
              {t("debugger")}
            </HubLink>
          </Button>
          <Button asChild>
            <HubLink to={`/events?plug=${plug.name}`}>
              <Icon name="events" className="size-3.5" />
              {t("events")}
            </HubLink>
          </Button>
          <Button asChild>
            <HubLink to={`/runs?plug=${plug.name}`}>
              <Icon name="runs" className="size-3.5" />
              {t("runs")}
            </HubLink>
          </Button>
        </div>
      </header>
      {!plug.enabled && (
        <Note look={RUN_LOOKS.cancelled} className="mb-3">
          {t("offNote", { plug: plug.label, count: plug.counts.waiting })}
        </Note>
      )}
      <div className="grid grid-cols-[1.06fr_1fr] items-start gap-3 max-md:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-3">
          <VariablesCard key={tenant} plug={plug} tenant={tenant} onTenant={onTenant} />
          <ConsentCard key={`consent ${tenant}`} plug={plug} tenant={tenant} />
          <LimitsCard plug={plug} tenant={tenant} />
          <HistoryCard plug={plug.name} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <WireCard plug={plug} tenant={tenant} />
          <BreakerCard key={`breaker ${tenant}`} plug={plug} tenant={tenant} />
          <HandlersCard plug={plug} />
          <CallsCard plug={plug.name} tenant={tenant} />
        </div>
      </div>
    </>
  );
}
