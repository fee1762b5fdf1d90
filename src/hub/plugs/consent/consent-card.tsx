"use client";

import { useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { Note } from "../../parts/note.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { CONNECTION_LOOKS, RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

/** A connection by a person's consent (OAuth 2): begin it, see what came of it, end it. Nothing for other plugs. */
export function ConsentCard({ plug, tenant }: { plug: PlugRecord; tenant: string }) {
  const t = useTranslations("plugs");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  // What the provider's way back says; see the route `finishConsent`.
  const [back, setBack] = useQueryStates({ connect: parseAsString, code: parseAsString });
  const oauth = plug.auth.startsWith("oauth2");
  const { data } = useApi("listConnections", { query: { plug: plug.name, tenant } }, { enabled: oauth });
  const input = { params: { plug: plug.name }, query: { tenant } };
  const authorize = useAction("authorizeConnection", { onDone: ({ url }) => window.location.assign(url) });
  const disconnect = useAction("disconnectConnection", {
    onDone: () => {
      setAsking(false);
      for (const name of ["listConnections", "listPlugs", "getVariables"]) {
        void queryClient.invalidateQueries({ queryKey: [name] });
      }
      toast.done(t("consent.disconnected", { plug: plug.label }), { id: `consent:${plug.name}` });
    },
  });
  const connection = data?.items[0];
  if (!oauth || !data || connection?.consents === false) return null;
  const names = { plug: plug.label, tenant };
  const begun = connection?.status === "active" || connection?.status === "expired";
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("consent.title")}</CardTitle>
        <StatusBadge look={CONNECTION_LOOKS[connection?.status ?? "pending"]}>
          {connection?.status ?? "pending"}
        </StatusBadge>
        <span className="flex-1" />
        {begun && (
          <ActionButton needs="admin" variant="danger" onClick={() => setAsking(true)}>
            {t("consent.disconnect")}
          </ActionButton>
        )}
        <ActionButton
          needs="operator"
          variant={connection?.status === "active" ? "outline" : "primary"}
          icon="external"
          pending={authorize.pending}
          onClick={() =>
            authorize.run({ ...input, body: { returnTo: `${window.location.pathname}?tenant=${tenant}` } })
          }
        >
          {t(begun ? "consent.again" : "consent.connect")}
        </ActionButton>
      </CardHeader>
      <div className="flex flex-col gap-3 p-3">
        {back.connect !== null && (
          <Note look={back.connect === "done" ? RUN_LOOKS.succeeded : RUN_LOOKS.failed} role="status">
            <p className="flex items-center gap-2">
              <span className="flex-1">
                {back.connect === "done"
                  ? t("consent.done", names)
                  : t("consent.failed", { plug: plug.label, reason: back.code ?? back.connect })}
              </span>
              <Button variant="ghost" onClick={() => void setBack(null)}>
                {t("consent.dismiss")}
              </Button>
            </p>
          </Note>
        )}
        {connection?.error && (
          <Note look={RUN_LOOKS.failed} role="alert">
            <p className="font-medium">{connection.error.message}</p>
            {connection.error.hint && <p className="text-xs leading-4.5">{connection.error.hint}</p>}
          </Note>
        )}
        <p className="text-xs leading-4.5 text-pretty text-muted-foreground">{t("consent.explain", names)}</p>
        <InputGroup className="cursor-text pr-1">
          <BareInput
            readOnly
            value={data.redirectUri}
            aria-label={t("consent.redirect")}
            onFocus={(event) => event.target.select()}
            className="font-mono text-xs"
          />
          <CopyButton text={data.redirectUri} label={t("consent.copyRedirect")} />
        </InputGroup>
        {connection && begun && (
          <KeyValues className="grid-cols-[96px_minmax(0,1fr)]">
            <KeyValue label={t("consent.scopes")} className="flex-wrap gap-1 py-1">
              {connection.scopes?.map((scope) => (
                <Tag key={scope} variant="machine">
                  {scope}
                </Tag>
              )) ?? t("consent.noScopes")}
            </KeyValue>
            <KeyValue label={t("consent.until")}>
              {connection.expiresAt ? <TimeText at={connection.expiresAt} show="moment" /> : t("consent.renews")}
            </KeyValue>
          </KeyValues>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("consent.disconnectTitle", names)}
        body={t("consent.disconnectBody")}
        confirm={t("consent.disconnectConfirm")}
        irreversible
        pending={disconnect.pending}
        onConfirm={() => disconnect.run(input)}
      />
    </Card>
  );
}
