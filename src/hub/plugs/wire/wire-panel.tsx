"use client";

import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { PlugRecord, WireRecord } from "../../../contract/index.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useDraft } from "../variables/use-draft.ts";
import { GapsSection } from "./gaps-section.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { WireFields } from "./wire-fields.tsx";
import { WireHeader } from "./wire-header.tsx";

/** State, address, and what it takes to connect. */
export function WirePanel({ plug, wire }: { plug: PlugRecord; wire: WireRecord }) {
  const t = useTranslations("plugs");
  const state = useDraft(wire.fields);
  return (
    <Card>
      <WireHeader plug={plug} wire={wire} state={state} />
      <div className="flex flex-col gap-3 p-3">
        {wire.error && (
          <Note look={RUN_LOOKS.failed} role="alert">
            <p className="font-medium">{wire.error.message}</p>
            {wire.error.hint && <p className="text-xs leading-4.5">{wire.error.hint}</p>}
            <p className="font-mono text-xs text-st-failed-fg">{wire.error.code}</p>
          </Note>
        )}
        <div>
          <div className="flex items-center gap-2 pb-1.25 text-2xs">
            <span className="flex-1 font-medium text-faint-foreground">
              {t("wire.callback", { tenant: wire.tenant })}
            </span>
            <span className="text-muted-foreground tabular-nums">
              {wire.lastReceivedAt ? (
                <>
                  {t("wire.lastCalled")} <TimeText at={wire.lastReceivedAt} show="moment" />
                </>
              ) : (
                t("wire.neverCalled")
              )}
            </span>
          </div>
          <InputGroup className="cursor-text pr-1">
            <BareInput
              readOnly
              value={wire.callbackUrl}
              aria-label={t("wire.callback", { tenant: wire.tenant })}
              onFocus={(event) => event.target.select()}
              className="font-mono text-xs"
            />
            <CopyButton text={wire.callbackUrl} label={t("wire.copyCallback")}>
              {t("wire.copy")}
            </CopyButton>
          </InputGroup>
        </div>
        <KeyValues className="grid-cols-[76px_minmax(0,1fr)]">
          <KeyValue label={t("wire.mode")}>{t(`wire.modeIs.${wire.mode}`, { plug: plug.label })}</KeyValue>
          <KeyValue label={t("wire.scheme")}>{wire.scheme}</KeyValue>
          <KeyValue label={t("wire.events")} className="flex-wrap gap-1 py-1">
            {wire.events.some((event) => event !== "*")
              ? [...new Set(wire.events)].map((event) => (
                  <Tag key={event} variant="machine">
                    {event}
                  </Tag>
                ))
              : t("wire.allEvents")}
          </KeyValue>
          {wire.connectedAt && (
            <KeyValue label={t("wire.since")}>
              <TimeText at={wire.connectedAt} show="moment" className="tabular-nums" />
            </KeyValue>
          )}
          {wire.expiresAt && (
            <KeyValue label={t("wire.expires")}>
              <TimeText at={wire.expiresAt} show="moment" className="tabular-nums" />
            </KeyValue>
          )}
          {wire.remoteId && (
            <KeyValue label={t("wire.remoteId")}>
              <span className="truncate font-mono text-xs">{wire.remoteId}</span>
              <CopyButton text={wire.remoteId} label={t("wire.copyRemoteId")} />
            </KeyValue>
          )}
        </KeyValues>
      </div>
      {wire.fields.length > 0 && <WireFields plug={plug} wire={wire} state={state} />}
      {wire.id !== null && <GapsSection plug={plug} wire={wire} />}
      {wire.guide.length > 0 && <SetupGuide wire={wire} />}
    </Card>
  );
}
