"use client";

import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { useApi } from "../../data/use-api.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { IconTile } from "../../parts/kind-icon.tsx";
import { RecordSheet } from "../../parts/sheet/record-sheet.tsx";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { mayChoose } from "./conflict-choice.ts";
import { ConflictState } from "./conflict-state.tsx";
import { FieldChoice } from "./field-choice.tsx";
import { WholeRecord } from "./whole-record.tsx";

interface ConflictSheetProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

const link = "truncate rounded-xs hover:text-primary-text hover:underline";

/** One record that both sides changed: what was agreed, what each made of it, and what counts. */
export default function ConflictSheet({ id, ...steps }: ConflictSheetProps) {
  const t = useTranslations("flows.conflicts");
  const { data: conflict, error, refetch } = useApi("getConflict", { params: { id } });
  return (
    <RecordSheet
      recordId={id}
      title={conflict?.key ?? t("one")}
      label={t("one")}
      subtitle={
        <>
          {conflict && <span className="shrink-0">{t("in", { flow: conflict.flow, tenant: conflict.tenant })}</span>}
          <IdChip id={id} />
        </>
      }
      tile={<IconTile name="diff" />}
      {...steps}
    >
      {error && <ErrorState title={t("oneFailed")} error={error} onRetry={() => void refetch()} />}
      {!conflict && !error && <SheetSkeleton label={t("loading")} />}
      {conflict && (
        <>
          <ConflictState conflict={conflict} />
          {!mayChoose(conflict) && <p className="text-xs text-pretty text-muted-foreground">{t("deleted")}</p>}
          <section className="flex flex-col gap-3">
            {conflict.fields.map((field) => (
              <FieldChoice key={field.field} conflict={conflict} field={field} />
            ))}
          </section>
          <WholeRecord conflict={conflict} />
          <Card className="px-3 py-2 text-xs">
            <KeyValues className="grid-cols-[112px_minmax(0,1fr)]">
              <KeyValue label={t("fact.flow")}>
                <HubLink to={`/flows/${conflict.flowId}`} className={link}>
                  {conflict.flow}
                </HubLink>
              </KeyValue>
              <KeyValue label={t("fact.policy")}>{t(`policy.${conflict.policy}`)}</KeyValue>
              {conflict.runId && (
                <KeyValue label={t("fact.run")}>
                  <IdChip id={conflict.runId} to={`/runs/${conflict.runId}`} />
                </KeyValue>
              )}
              <KeyValue label={t("fact.found")}>
                <TimeText at={conflict.createdAt} show="moment" className="tabular-nums" />
              </KeyValue>
              {conflict.resolvedBy && conflict.resolvedAt && (
                <KeyValue label={t("fact.chosenBy")}>
                  {conflict.resolvedBy}
                  <TimeText at={conflict.resolvedAt} show="moment" className="text-muted-foreground tabular-nums" />
                </KeyValue>
              )}
              {conflict.appliedAt && (
                <KeyValue label={t("fact.written")}>
                  <TimeText at={conflict.appliedAt} show="moment" className="tabular-nums" />
                </KeyValue>
              )}
            </KeyValues>
          </Card>
          <CopyCurl name="resolveConflict" input={{ params: { id }, body: { use: "source" } }} className="self-start" />
        </>
      )}
    </RecordSheet>
  );
}
