"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { FlowCursorRecord, FlowRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { JsonTree } from "../../parts/code/json-tree.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

interface CursorSectionProps {
  readonly flow: FlowRecord;
  readonly variant: string | null;
  readonly tenant: string;
}

/** How far the flow is, and a way to let it begin anew. */
export function CursorSection({ flow, variant, tenant }: CursorSectionProps) {
  const t = useTranslations("flows.cursor");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useApi("listFlowCursors", { params: { id: flow.id }, query: { tenant } });
  const input = {
    params: { id: flow.id },
    query: { tenant, ...(variant === null ? {} : { variant }) },
  };
  const reset = useAction("resetFlowCursors", {
    onDone: () => {
      setAsking(false);
      void queryClient.invalidateQueries({ queryKey: ["listFlowCursors"] });
      toast.done(t("done", { flow: name }), { id: `cursor:${flow.id}` });
    },
  });
  const name = variant === null ? flow.name : `${flow.name} ${variant}`;
  const cursors = (data?.items ?? []).filter((cursor) => variant === null || cursor.variant === variant);
  return (
    <section>
      <header className="flex items-center gap-2 pb-1.5">
        <h3 className="text-sm font-semibold">{t("title")}</h3>
        <Tag>{tenant}</Tag>
        <span className="flex-1" />
        {cursors.length > 0 && (
          <>
            <CopyCurl name="resetFlowCursors" input={input} compact />
            <ActionButton
              needs="operator"
              variant="danger"
              blocked={data?.running ? t("running") : undefined}
              onClick={() => setAsking(true)}
            >
              {t("reset")}
            </ActionButton>
          </>
        )}
      </header>
      {error && <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />}
      {data && cursors.length === 0 && <p className="text-xs text-pretty text-muted-foreground">{t("none")}</p>}
      <div className="flex flex-col gap-2">
        {cursors.map((cursor) => (
          <CursorCard key={`${cursor.variant}/${cursor.name}`} cursor={cursor} />
        ))}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("resetTitle", { flow: name })}
        body={t("resetBody", { count: cursors.length, tenant })}
        confirm={t("resetConfirm")}
        irreversible
        pending={reset.pending}
        onConfirm={() => reset.run(input)}
      />
    </section>
  );
}

function CursorCard({ cursor }: { cursor: FlowCursorRecord }) {
  const t = useTranslations("flows.cursor");
  const { sync } = cursor;
  const label = cursor.name === "" ? t("own") : cursor.name === "sync" ? t("sync") : cursor.name;
  return (
    <Card className="px-3 py-1.5 text-xs">
      <KeyValues className="grid-cols-[96px_minmax(0,1fr)]">
        <KeyValue label={t("kind")}>
          <span className="truncate">{label}</span>
          {cursor.variant && <Tag>{cursor.variant}</Tag>}
        </KeyValue>
        {sync ? (
          <>
            <KeyValue label={t("since")}>
              {sync.watermark ? <code className="truncate">{sync.watermark}</code> : t("beginning")}
            </KeyValue>
            {sync.platform && (
              <KeyValue label={t("platform")}>
                <code className="truncate">{sync.platform}</code>
              </KeyValue>
            )}
            {sync.window && (
              <KeyValue label={t("window")} className="tabular-nums">
                {t(`mode.${sync.window.mode}`)} <TimeText at={sync.window.startedAt} show="moment" />
              </KeyValue>
            )}
          </>
        ) : (
          <KeyValue label={t("value")}>
            {typeof cursor.value === "object" && cursor.value !== null ? (
              <JsonTree value={cursor.value} label={t("value")} className="min-w-0 flex-1 py-1" />
            ) : (
              <code className="truncate">{JSON.stringify(cursor.value)}</code>
            )}
          </KeyValue>
        )}
        <KeyValue label={t("savedBy")}>
          {cursor.runId ? <IdChip id={cursor.runId} short to={`/runs/${cursor.runId}`} /> : t("nobody")}
          <TimeText at={cursor.updatedAt} className="text-muted-foreground tabular-nums" />
        </KeyValue>
      </KeyValues>
    </Card>
  );
}
