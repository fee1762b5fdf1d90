"use client";

import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { RejectionRecord } from "../../../contract/index.ts";
import { TextView } from "../../parts/code/text-view.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { Note } from "../../parts/note.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { RecordSheet } from "../../parts/sheet/record-sheet.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

interface RejectionSheetProps {
  readonly id: string;
  readonly rejection: RejectionRecord | undefined;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** Why one webhook was refused, what to check, and what it looked like. */
export function RejectionSheet({ id, rejection, ...steps }: RejectionSheetProps) {
  const t = useTranslations("events");
  return (
    <RecordSheet
      recordId={id}
      label={t("rejected.sheet")}
      title={rejection?.reason ?? t("tab.rejected")}
      tile={<PlugTile name={rejection?.plug ?? ""} size="md" />}
      subtitle={
        <>
          {rejection && (
            <span className="shrink-0">{t("plugTenant", { plug: rejection.plug, tenant: rejection.tenant })}</span>
          )}
          <IdChip id={id} />
        </>
      }
      {...steps}
    >
      {rejection ? (
        <Rejection rejection={rejection} />
      ) : (
        <EmptyState title={t("rejected.gone")} text={t("rejected.goneText")} />
      )}
    </RecordSheet>
  );
}

function Rejection({ rejection }: { rejection: RejectionRecord }) {
  const t = useTranslations("events");
  const locale = useLocale();
  return (
    <>
      <Note look={RUN_LOOKS.partial} icon="shield-x">
        <p className="font-medium">{t(`reason.${rejection.reason}.title`)}</p>
        <p className="text-xs leading-4.5 text-pretty">{t(`reason.${rejection.reason}.text`)}</p>
        <Button asChild className="mt-2">
          <HubLink to={`/plugs/${rejection.plug}`}>
            <Icon name="key" className="size-3.5" />
            {t("rejected.openPlug", { plug: rejection.plug })}
          </HubLink>
        </Button>
      </Note>
      <KeyValues className="text-xs">
        <KeyValue label={t("column.received")}>
          <TimeText at={rejection.receivedAt} show="moment" className="tabular-nums" />
        </KeyValue>
        <KeyValue label={t("verdict.scheme")}>{rejection.scheme}</KeyValue>
        <KeyValue label={t("rejected.answer")}>{rejection.message}</KeyValue>
        <KeyValue label={t("column.size")}>{formatBytes(rejection.size, locale)}</KeyValue>
        <KeyValue label={t("rejected.alike")}>{t("rejected.alikeCount", { count: rejection.count })}</KeyValue>
      </KeyValues>
      <section>
        <h3 className="pb-1.5 font-semibold">{t("rejected.headers")}</h3>
        <Card className="py-1 font-mono text-xs">
          {Object.entries(rejection.headers).map(([name, value]) => (
            <p key={name} className="grid grid-cols-[130px_minmax(0,1fr)] gap-3 px-3 py-0.5">
              <span className="truncate text-faint-foreground">{name}</span>
              <span className="[overflow-wrap:anywhere]">{value}</span>
            </p>
          ))}
        </Card>
      </section>
      {rejection.bodyExcerpt !== null && (
        <section>
          <h3 className="pb-1.5 font-semibold">{t("rejected.body")}</h3>
          <TextView text={rejection.bodyExcerpt} json />
        </section>
      )}
    </>
  );
}
