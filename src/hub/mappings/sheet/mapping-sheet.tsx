"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { JsonTree } from "../../parts/code/json-tree.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { IconTile } from "../../parts/kind-icon.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { RecordSheet } from "../../parts/sheet/record-sheet.tsx";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { connectText } from "../ref-plugs.ts";
import { MappingHistory } from "./mapping-history.tsx";

const EditDialog = lazy(() => import("../edit/edit-dialog.tsx"));
const MergeDialog = lazy(() => import("../merge/merge-dialog.tsx"));

interface MappingSheetProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  /** The mapping is no more. */
  readonly onGone: () => void;
}

/** One record's identity: what it is called where, and who said so. */
export default function MappingSheet({ id, onClose, onPrevious, onNext, onGone }: MappingSheetProps) {
  const t = useTranslations("mappings");
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [editing, setEditing] = useState<"edit" | "merge" | null>(null);
  // Once it is on its way out nobody asks for it again: the change that says so would only find nothing.
  const [leaving, setLeaving] = useState<string | null>(null);
  const here = leaving !== id;
  const { data, error, refetch } = useApi("getMapping", { params: { id } }, { enabled: here });
  const forget = useAction("deleteMapping", {
    onDone: () => {
      setAsking(false);
      toast.done(t("sheet.forgotten"), { id });
      onGone();
      onClose();
    },
    onFailed: () => {
      setLeaving(null);
      return undefined;
    },
  });
  const title = data ? connectText(data) : id;
  return (
    <RecordSheet
      recordId={id}
      title={title}
      label={title}
      subtitle={<IdChip id={id} />}
      tile={<IconTile name="mappings" />}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
    >
      {error?.status === 404 ? (
        <EmptyState title={t("sheet.gone")} text={t("sheet.goneText")} />
      ) : (
        error && <ErrorState title={t("sheet.failed")} error={error} onRetry={() => void refetch()} />
      )}
      {error?.status === 404 && <MappingHistory id={id} live />}
      {!data && !error && <SheetSkeleton label={t("loading")} />}
      {data && (
        <>
          <div className="flex flex-wrap items-center gap-1.5">
            <ActionButton needs="operator" variant="primary" icon="pencil" onClick={() => setEditing("edit")}>
              {t("edit.button")}
            </ActionButton>
            <ActionButton needs="operator" icon="mappings" onClick={() => setEditing("merge")}>
              {t("merge.button")}
            </ActionButton>
            <span className="flex-1 small:hidden" />
            <ActionButton needs="operator" variant="danger" onClick={() => setAsking(true)}>
              {t("sheet.forget")}
            </ActionButton>
            <CopyCurl name="deleteMapping" input={{ params: { id } }} compact />
          </div>
          <section>
            <h3 className="pb-1 font-semibold">{t("sheet.refs")}</h3>
            {Object.keys(data.refs).length === 0 && (
              <p className="text-xs text-muted-foreground">{t("sheet.noRefs")}</p>
            )}
            <KeyValues className="grid-cols-[144px_minmax(0,1fr)]">
              {Object.entries(data.refs).map(([plug, ref]) => (
                <KeyValue
                  key={plug}
                  label={
                    <HubLink to={`/plugs/${plug}`} className="flex items-center gap-2 rounded-xs hover:underline">
                      <PlugTile name={plug} />
                      {plug}
                    </HubLink>
                  }
                >
                  <span className="truncate font-mono text-xs">{ref}</span>
                  <CopyButton text={ref} label={t("sheet.copyRef", { ref })} />
                </KeyValue>
              ))}
            </KeyValues>
          </section>
          <section>
            <h3 className="pb-1 font-semibold">{t("sheet.connect")}</h3>
            <KeyValues className="grid-cols-[144px_minmax(0,1fr)]">
              {Object.entries(data.connect).map(([field, value]) => (
                <KeyValue key={field} label={field}>
                  <span className="truncate font-mono text-xs">{value}</span>
                </KeyValue>
              ))}
              <KeyValue label={t("column.resource")}>{data.resource}</KeyValue>
              <KeyValue label={t("column.tenant")}>{data.tenant}</KeyValue>
            </KeyValues>
          </section>
          <section>
            <h3 className="pb-1 font-semibold">{t("sheet.metadata")}</h3>
            {Object.keys(data.metadata).length === 0 ? (
              <p className="text-xs text-muted-foreground">{t("sheet.noMetadata")}</p>
            ) : (
              <JsonTree value={data.metadata} label={t("sheet.metadata")} />
            )}
          </section>
          <MappingHistory id={id} live={here} />
        </>
      )}
      {data && editing && (
        <Suspense>
          {editing === "edit" ? (
            <EditDialog key={data.id} mapping={data} onClose={() => setEditing(null)} />
          ) : (
            <MergeDialog
              key={data.id}
              mapping={data}
              onLeaving={(gone) => setLeaving(gone ? id : null)}
              onClose={() => setEditing(null)}
            />
          )}
        </Suspense>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("sheet.forgetTitle")}
        body={t("sheet.forgetBody")}
        confirm={t("sheet.forgetConfirm")}
        irreversible
        pending={forget.pending}
        onConfirm={() => {
          setLeaving(id);
          forget.run({ params: { id } });
        }}
      />
    </RecordSheet>
  );
}
