"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { RunDetail } from "../../../contract/index.ts";
import { isFinalRun } from "../../../contract/statuses.ts";
import { useAction } from "../../data/use-action.ts";
import { useMay } from "../../data/use-overview.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";

const DryRunDialog = lazy(() => import("../../replay/dry-run-dialog.tsx"));

/** Cancel while it lives, retry when it is over. */
export function RunActions({ run }: { run: RunDetail }) {
  const t = useTranslations("runs");
  const toast = useToast();
  const navigate = useNavigate();
  const may = useMay("operator");
  const final = isFinalRun(run.status);
  const params = { id: run.id };
  const [trying, setTrying] = useState(false);
  const tried = useTranslations("replay");
  const retry = useAction("retryRun", {
    onDone: ({ runId, deliveryId }) => {
      setTrying(false);
      const target = runId ? `/runs/${runId}` : deliveryId ? `/open/${deliveryId}` : null;
      toast.done(t("retry.done"), {
        id: `retry:${run.id}`,
        ...(target ? { action: { label: t("retry.open"), run: () => navigate(target) } } : {}),
      });
    },
  });
  const cancel = useAction("cancelRun", {
    onDone: ({ status }) =>
      toast.done(t(status === "cancelled" ? "cancel.done" : "cancel.asked"), { id: `cancel:${run.id}` }),
  });
  useShortcut(
    final && may && !run.dryRun
      ? { keys: "r", label: t("retry.button"), group: "record", run: () => !retry.pending && retry.run({ params }) }
      : null,
  );
  return (
    <div className="flex items-center gap-1.5 small:w-full small:pt-1 small:[&>*]:flex-1">
      <CopyCurl name={final ? "retryRun" : "cancelRun"} input={{ params }} variant="outline" />
      {final && run.handlerId && !run.dryRun && (
        <ActionButton
          needs="operator"
          icon="diff"
          blocked={run.execution === "workflow" ? t("retry.workflow") : undefined}
          onClick={() => setTrying(true)}
        >
          {tried("button")}
        </ActionButton>
      )}
      {trying && (
        <Suspense>
          <DryRunDialog
            of={{ kind: "run", id: run.id }}
            onClose={() => setTrying(false)}
            then={{ label: t("retry.button"), pending: retry.pending, run: () => retry.run({ params }) }}
          />
        </Suspense>
      )}
      {final ? (
        <ActionButton
          needs="operator"
          variant="primary"
          icon="retry"
          pending={retry.pending}
          blocked={run.dryRun ? t("retry.dry") : undefined}
          onClick={() => retry.run({ params })}
        >
          {t("retry.button")}
        </ActionButton>
      ) : (
        <ActionButton
          needs="operator"
          variant="primary"
          icon="x"
          pending={cancel.pending || run.cancelRequestedAt !== null}
          onClick={() => cancel.run({ params })}
        >
          {run.cancelRequestedAt ? t("cancel.stopping") : t("cancel.button")}
        </ActionButton>
      )}
    </div>
  );
}
