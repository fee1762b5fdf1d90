"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { KhotanApiError } from "../../client/index.ts";
import type { JobRecord } from "../../contract/index.ts";
import { useHub } from "../config.tsx";
import { ConfirmDialog } from "../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../parts/action/copy-curl.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { useToast } from "../parts/toast/use-toast.ts";
import { type BulkAction, type StartedBulk, startBulk } from "./bulk-action.ts";

interface BulkDialogProps {
  readonly action: BulkAction;
  /** What is left out, or what else to know; below the count. */
  readonly note?: ReactNode;
  readonly onClose: () => void;
  readonly onStarted: (job: JobRecord) => void;
  /** Choices that belong to the action. */
  readonly children?: ReactNode;
}

/** Counts first, then asks, then becomes a job. */
export default function BulkDialog({ action, note, onClose, onStarted, children }: BulkDialogProps) {
  const t = useTranslations("jobs");
  const locale = useLocale();
  const { client } = useHub();
  const toast = useToast();
  const key = useRef<{ readonly of: string; readonly key: string } | null>(null);
  const counted = useQuery<StartedBulk, KhotanApiError>({
    queryKey: ["bulk", action],
    queryFn: ({ signal }) => startBulk(client, action, { dryRun: true, signal }),
    staleTime: 0,
    gcTime: 0,
    meta: { live: "own" },
  });
  const start = useMutation<StartedBulk, Error>({
    mutationFn: () => {
      // The same key for the same question: pressing again after a lost answer starts no second job.
      const of = JSON.stringify(action);
      if (key.current?.of !== of) key.current = { of, key: newKey() };
      return startBulk(client, action, { dryRun: false, idempotencyKey: key.current.key });
    },
    onSuccess: ({ job }) => {
      if (job) onStarted(job);
      onClose();
    },
    onError: (error) => toast.error(error),
  });
  const count = counted.data?.count;
  const words = {
    count: new Intl.NumberFormat(locale).format(count ?? 0),
    rows: count ?? 0,
    about: String(counted.data?.estimated ?? false),
  };
  const none = count === 0;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={count === undefined ? t("counting") : none ? t(`none.${action.name}`) : t(`title.${action.name}`, words)}
      body={none ? t("noneText") : t(`text.${action.name}`)}
      confirm={count === undefined || none ? t(`verb.${action.name}`) : t(`confirm.${action.name}`, words)}
      irreversible={action.name === "cancelRuns"}
      pending={start.isPending || (counted.isFetching && count === undefined)}
      onConfirm={() => (none ? onClose() : count !== undefined && start.mutate())}
    >
      {counted.error && (
        <ErrorState title={t("countFailed")} error={counted.error} onRetry={() => void counted.refetch()} />
      )}
      {note && <p className="text-xs text-pretty text-muted-foreground">{note}</p>}
      {children}
      <CopyBulk action={action} />
    </ConfirmDialog>
  );
}

function CopyBulk({ action }: { action: BulkAction }) {
  const className = "self-start";
  switch (action.name) {
    case "retryRuns":
      return <CopyCurl name="retryRuns" input={{ body: action.body }} className={className} />;
    case "cancelRuns":
      return <CopyCurl name="cancelRuns" input={{ body: action.body }} className={className} />;
    case "retryDeliveries":
      return <CopyCurl name="retryDeliveries" input={{ body: action.body }} className={className} />;
    case "replayEvents":
      return <CopyCurl name="replayEvents" input={{ body: action.body }} className={className} />;
  }
}

/** Not `randomUUID`, which browsers withhold on plain http. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
