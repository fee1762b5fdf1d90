"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { ListedDriftRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { DriftLines } from "./drift-lines.tsx";

/** A flow that waits because the records of its source look different: what changed, and a way to go on. */
export function DriftCard({ drift }: { drift: ListedDriftRecord }) {
  const t = useTranslations("flows.drift");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const input = { params: { id: drift.id } };
  const accept = useAction("acceptDrift", {
    onDone: () => {
      setAsking(false);
      for (const name of ["listDrifts", "listFlows", "getFlowDrift"]) {
        void queryClient.invalidateQueries({ queryKey: [name] });
      }
      toast.done(t("accepted", { flow: drift.flow }), { id: drift.id });
    },
  });
  return (
    <Card className="@container">
      <CardHeader>
        <Icon name="warn" className="text-st-partial" />
        <CardTitle>
          <HubLink to={`/flows/${drift.flowId}`} className="rounded-xs hover:underline">
            {t("title", { flow: drift.flow })}
          </HubLink>
        </CardTitle>
        <Tag>{drift.tenant}</Tag>
        <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground tabular-nums">
          {t("since")} <TimeText at={drift.createdAt} show="moment" />
        </span>
        <div className="flex items-center gap-1.5 small:w-full">
          <CopyCurl name="acceptDrift" input={input} compact />
          {drift.runId && (
            <Button asChild className="small:flex-1">
              <HubLink to={`/runs/${drift.runId}`}>
                <Icon name="runs" className="size-3.5" />
                {t("openRun")}
              </HubLink>
            </Button>
          )}
          <ActionButton needs="operator" icon="play" className="small:flex-1" onClick={() => setAsking(true)}>
            {t("accept")}
          </ActionButton>
        </div>
      </CardHeader>
      <DriftLines changes={drift.changes} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("acceptTitle", { flow: drift.flow })}
        body={t("acceptBody", { count: drift.changes.length, tenant: drift.tenant })}
        confirm={t("acceptConfirm")}
        pending={accept.pending}
        onConfirm={() => accept.run(input)}
      />
    </Card>
  );
}
