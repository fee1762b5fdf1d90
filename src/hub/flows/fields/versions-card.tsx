"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { FieldMappingRecord, FieldMappingVersion } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { VersionLines } from "./version-lines.tsx";

interface VersionsCardProps {
  readonly mapping: FieldMappingRecord;
  readonly onRestored: (mapping: FieldMappingRecord) => void;
}

/** Every version that was saved: by whom, why, what it changed, and the way back to it. */
export function VersionsCard({ mapping, onRestored }: VersionsCardProps) {
  const t = useTranslations("flows.fields.versions");
  const toast = useToast();
  const queryClient = useQueryClient();
  const { name, tenant } = mapping;
  const [opened, setOpened] = useState<number | null>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const { data, error, refetch } = useApi("listFieldMappingVersions", {
    params: { name },
    query: { tenant, limit: 50 },
  });
  const restore = useAction("rollbackFieldMapping", {
    onDone: (now) => {
      setAsked(null);
      toast.done(t("restored", { version: asked ?? 0, now: now.version }), { id: `fields:${name}` });
      void queryClient.invalidateQueries({ queryKey: ["listFieldMappingVersions"] });
      onRestored(now);
    },
  });
  const input = (version: number) => ({ params: { name }, query: { tenant }, body: { version } });
  const versions = data?.items ?? [];
  return (
    <Card className="@container">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <Tag variant="count">{versions.length}</Tag>
      </CardHeader>
      {error && <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} className="m-3" />}
      {data && versions.length === 0 && (
        <p className="px-3 py-2.5 text-xs text-pretty text-muted-foreground">{t("none")}</p>
      )}
      <ol>
        {versions.map((version, index) => {
          const inForce = version.version === mapping.version;
          const before: FieldMappingVersion | undefined = versions[index + 1];
          const open = opened === version.version;
          return (
            <li key={version.id} className="border-b last:border-b-0">
              <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1 text-xs">
                <span className="w-20 font-medium tabular-nums">{t("version", { version: version.version })}</span>
                {inForce && <Tag>{t("inForce")}</Tag>}
                <span
                  className="min-w-0 flex-1 basis-40 truncate text-muted-foreground"
                  title={version.note ?? undefined}
                >
                  {version.note ?? t("noNote")}
                </span>
                <span className="text-muted-foreground">{version.actor}</span>
                <TimeText at={version.savedAt} className="text-muted-foreground tabular-nums" />
                <Button variant="ghost" aria-expanded={open} onClick={() => setOpened(open ? null : version.version)}>
                  {t("changes")}
                </Button>
                {!inForce && (
                  <ActionButton needs="operator" icon="history" onClick={() => setAsked(version.version)}>
                    {t("restore")}
                  </ActionButton>
                )}
              </div>
              {open && (
                <VersionLines
                  before={before?.definition ?? { fields: [] }}
                  now={version.definition}
                  first={before === undefined}
                />
              )}
            </li>
          );
        })}
        {mapping.registered && mapping.version > 0 && (
          <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1 text-xs">
            <span className="w-20 font-medium tabular-nums">{t("version", { version: 0 })}</span>
            <span className="min-w-0 flex-1 text-muted-foreground">{t("code")}</span>
            <ActionButton needs="operator" icon="history" onClick={() => setAsked(0)}>
              {t("restore")}
            </ActionButton>
          </li>
        )}
      </ol>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t("restoreTitle", { version: asked ?? 0 })}
        body={t("restoreBody", { next: mapping.version + 1, version: asked ?? 0 })}
        confirm={t("restoreConfirm", { version: asked ?? 0 })}
        pending={restore.pending}
        onConfirm={() => asked !== null && restore.run(input(asked))}
      >
        {asked !== null && <CopyCurl name="rollbackFieldMapping" input={input(asked)} className="self-start" />}
      </ConfirmDialog>
    </Card>
  );
}
