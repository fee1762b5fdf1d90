"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import type { PlugRecord, WireRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { WIRE_LOOKS } from "../../parts/status/status-looks.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import type { DraftState } from "../variables/use-draft.ts";
import { TestEventButton } from "./test-event-button.tsx";

interface WireHeaderProps {
  readonly plug: PlugRecord;
  readonly wire: WireRecord;
  readonly state: DraftState;
}

/** What the wire's state is and what can be done with it. */
export function WireHeader({ plug, wire, state }: WireHeaderProps) {
  const t = useTranslations("plugs");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const input = { params: { plug: wire.plug }, query: { tenant: wire.tenant } };
  const put = (now: WireRecord) => {
    queryClient.setQueryData(apiKey("getWire", input), now);
    void queryClient.invalidateQueries({ queryKey: ["listPlugs"] });
  };
  const id = `wire:${wire.plug}`;
  const connect = useAction("connectWire", {
    onDone: (now) => {
      put(now);
      state.saved();
      toast.done(t("wire.connected", { plug: plug.label }), { id });
    },
    onFailed: state.refused,
  });
  const renew = useAction("renewWire", {
    onDone: (now) => {
      put(now);
      toast.done(t("wire.renewed", { plug: plug.label }), { id });
    },
  });
  const disconnect = useAction("disconnectWire", {
    onDone: (now) => {
      put(now);
      setAsking(false);
      toast.done(t("wire.disconnected", { plug: plug.label }), { id });
    },
  });
  const missing = wire.fields.filter((field) => field.required && !field.set && !(field.key in state.draft));
  // A pending wire is neither: connecting may be tried again, and what was begun can be given up.
  const established = wire.connected && wire.status !== "pending";
  const names = { plug: plug.label, tenant: wire.tenant };
  return (
    <CardHeader>
      <CardTitle>{t("wire.title")}</CardTitle>
      <StatusBadge look={wire.id === null ? WIRE_LOOKS.disabled : WIRE_LOOKS[wire.status]}>
        {wire.connected || wire.id !== null ? wire.status : t("wire.notConnected")}
      </StatusBadge>
      <span className="flex-1" />
      <TestEventButton plug={plug} wire={wire} />
      {established && wire.renewable && (
        <ActionButton needs="operator" icon="retry" pending={renew.pending} onClick={() => renew.run(input)}>
          {t("wire.renew")}
        </ActionButton>
      )}
      {wire.connected && !connect.pending && (
        <ActionButton needs="admin" variant="danger" onClick={() => setAsking(true)}>
          {t("wire.disconnect")}
        </ActionButton>
      )}
      {!established && (
        <ActionButton
          needs="admin"
          variant="primary"
          icon="wire"
          pending={connect.pending}
          blocked={
            missing.length > 0 ? t("wire.missing", { labels: missing.map(({ label }) => label).join(", ") }) : undefined
          }
          onClick={() => connect.run({ ...input, body: state.changes > 0 ? { vars: state.draft } : {} })}
        >
          {t("wire.connect")}
        </ActionButton>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("wire.disconnectTitle", names)}
        body={t("wire.disconnectBody", { mode: wire.mode, ...names })}
        confirm={t("wire.disconnectConfirm")}
        irreversible
        pending={disconnect.pending}
        onConfirm={() => disconnect.run(input)}
      />
    </CardHeader>
  );
}
