"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Select } from "../../../components/ui/select.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { AlertIncident } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { NextPage } from "../next-page.tsx";
import { SettingsCard } from "../settings-card.tsx";

/** What went wrong, newest first. */
export function IncidentsCard() {
  const t = useTranslations("settings");
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  const [which, setWhich] = useQueryState("incidents", parseAsStringLiteral(["open", "all"]).withDefault("all"));
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const status = which === "open" ? "open" : undefined;
  const { data, error, refetch } = useApi(
    "listAlertIncidents",
    { query: { tenant, status, cursor: cursors.at(-1), limit: 20 } },
    { keepPrevious: true },
  );
  return (
    <SettingsCard
      title={t("alerts.incidents")}
      loading={!data}
      error={error ? { title: t("alerts.incidentsFailed"), error, retry: () => void refetch() } : null}
      empty={
        data?.items.length === 0 ? t(which === "open" ? "alerts.incidentsNoneOpen" : "alerts.incidentsNone") : undefined
      }
      aside={
        <div className="w-fit">
          <Select
            aria-label={t("alerts.incidentsShown")}
            value={which}
            onChange={(event) => {
              setCursors([undefined]);
              void setWhich(event.target.value === "open" ? "open" : null);
            }}
          >
            <option value="all">{t("alerts.incidentsAll")}</option>
            <option value="open">{t("alerts.incidentsOpen")}</option>
          </Select>
        </div>
      }
    >
      <ul>
        {data?.items.map((incident) => (
          <Incident key={incident.id} incident={incident} />
        ))}
      </ul>
      <NextPage cursors={cursors} next={data?.page.next ?? null} onCursors={setCursors} />
    </SettingsCard>
  );
}

function Incident({ incident }: { incident: AlertIncident }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const acknowledge = useAction("acknowledgeAlertIncident", {
    onDone: () => {
      void queryClient.invalidateQueries({ queryKey: ["listAlertIncidents"] });
      toast.done(t("alerts.acknowledged"), { id: `incident:${incident.id}` });
    },
  });
  const open = incident.status === "open";
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 last:border-b-0">
      <StatusBadge look={open ? RUN_LOOKS.failed : RUN_LOOKS.succeeded}>
        {t(`alerts.status.${incident.status}`)}
      </StatusBadge>
      <div className="min-w-60 flex-1">
        <p className="text-pretty">{incident.summary}</p>
        <p className="text-xs text-muted-foreground">
          {incident.ruleName}
          {incident.acknowledgedBy && <>, {t("alerts.by", { name: incident.acknowledgedBy })}</>}
        </p>
      </div>
      {incident.severity === "critical" && <Tag variant="red">{t("alerts.severity.critical")}</Tag>}
      {incident.plug && (
        <HubLink to={`/plugs/${incident.plug}`} className="rounded-xs text-xs hover:text-primary-text hover:underline">
          {incident.plug}
        </HubLink>
      )}
      <TimeText at={incident.openedAt} show="moment" className="text-xs text-muted-foreground tabular-nums" />
      {open && incident.acknowledgedAt === null && (
        <ActionButton
          needs="operator"
          pending={acknowledge.pending}
          onClick={() => acknowledge.run({ params: { id: incident.id } })}
        >
          {t("alerts.acknowledge")}
        </ActionButton>
      )}
    </li>
  );
}
