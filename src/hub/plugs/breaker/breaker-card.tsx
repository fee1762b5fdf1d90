"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Input } from "../../../components/ui/input.tsx";
import type { BreakerState, PlugRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { type Look, RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

const LOOKS: Record<BreakerState, Look> = {
  closed: RUN_LOOKS.succeeded,
  open: RUN_LOOKS.failed,
  half_open: RUN_LOOKS.running,
};

/** Whether passes deliver to this plug now, and the way to stop them or let them go. Only where some do. */
export function BreakerCard({ plug, tenant }: { plug: PlugRecord; tenant: string }) {
  const t = useTranslations("plugs");
  const id = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const handlers = useApi("listHandlers", { query: {} }).data?.items ?? [];
  const breakers = useApi("listBreakers", { query: { plug: plug.name, tenant } });
  const update = useAction("updateBreaker", {
    onDone: (now) => {
      setAsking(false);
      setReason("");
      for (const name of ["listBreakers", "listPlugs"]) void queryClient.invalidateQueries({ queryKey: [name] });
      toast.done(t(now.state === "closed" ? "breaker.closedDone" : "breaker.opened", { plug: plug.label }), {
        id: `breaker:${plug.name}`,
      });
    },
  });
  const breaker = breakers.data?.items[0];
  // Not to say "deliveries go there" when nobody knows.
  if (breakers.error && !breakers.data) return <FailedLine title={t("breaker.failed")} of={breakers} />;
  if (!breaker && !handlers.some(({ to }) => to === plug.name)) return null;
  const state = breaker?.state ?? "closed";
  const input = (open: boolean) => ({
    params: { plug: plug.name },
    query: { tenant },
    body: { open, ...(open && reason.trim() ? { reason: reason.trim() } : {}) },
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("breaker.title", { plug: plug.label })}</CardTitle>
        <StatusBadge look={breaker?.manual && state === "open" ? RUN_LOOKS.cancelled : LOOKS[state]}>
          {t(`breaker.state.${state}`)}
        </StatusBadge>
        <span className="flex-1" />
        <CopyCurl name="updateBreaker" input={input(state === "closed")} compact />
        {state === "closed" ? (
          <ActionButton needs="operator" icon="pause" onClick={() => setAsking(true)}>
            {t("breaker.open")}
          </ActionButton>
        ) : (
          <ActionButton
            needs="operator"
            variant="primary"
            icon="play"
            pending={update.pending}
            onClick={() => update.run(input(false))}
          >
            {t("breaker.close")}
          </ActionButton>
        )}
      </CardHeader>
      <div className="px-3 py-2">
        <p className="text-xs leading-4.5 text-pretty text-muted-foreground">
          {state === "closed" ? t("breaker.closed") : t(breaker?.manual ? "breaker.openByPerson" : "breaker.openByHub")}{" "}
          {breaker?.probeAt && (
            <>
              {t("breaker.probe")} <TimeText at={breaker.probeAt} show="moment" className="tabular-nums" />
            </>
          )}
        </p>
        {breaker && state !== "closed" && (
          <KeyValues className="grid-cols-[112px_minmax(0,1fr)] pt-1">
            {breaker.openedAt && (
              <KeyValue label={t("breaker.since")}>
                <TimeText at={breaker.openedAt} show="moment" className="tabular-nums" />
              </KeyValue>
            )}
            {breaker.reason && (
              <KeyValue label={t("breaker.reason")} className="[overflow-wrap:anywhere]">
                {breaker.reason}
              </KeyValue>
            )}
            <KeyValue label={t("breaker.failures")} className="tabular-nums">
              {breaker.failures}
            </KeyValue>
            <KeyValue label={t("breaker.waiting")} className="tabular-nums">
              {t("breaker.waitingCount", { count: breaker.waiting })}
            </KeyValue>
          </KeyValues>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("breaker.openTitle", { plug: plug.label, tenant })}
        body={t("breaker.openBody", { plug: plug.label })}
        confirm={t("breaker.openConfirm")}
        pending={update.pending}
        onConfirm={() => update.run(input(true))}
      >
        <div className="grid gap-1">
          <label htmlFor={id} className="text-xs font-medium">
            {t("breaker.openReason")}
          </label>
          <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
        </div>
      </ConfirmDialog>
    </Card>
  );
}
