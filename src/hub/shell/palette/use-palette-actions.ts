import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { FlowRecord, HandlerRecord } from "../../../contract/index.ts";
import { putInLists } from "../../data/put-in-lists.ts";
import { useAction } from "../../data/use-action.ts";
import { useMay } from "../../data/use-overview.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useHubPath } from "../../routing/use-hub-path.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import type { PaletteEntry } from "./use-palette-entries.ts";

interface Offered {
  readonly flows: readonly FlowRecord[];
  readonly handlers: readonly HandlerRecord[];
  /** Asks for variant, tenant and body. */
  readonly onRunFlow: (flow: FlowRecord) => void;
}

/** What can be done from anywhere: to the record that is open first, then to flows and handlers by name. */
export function usePaletteActions({ flows, handlers, onRunFlow }: Offered): readonly PaletteEntry[] {
  const t = useTranslations("palette");
  const toast = useToast();
  const navigate = useNavigate();
  const path = useHubPath();
  const queryClient = useQueryClient();
  const mayAct = useMay("operator");
  const gate = mayAct ? {} : { disabled: true, hint: t("needsOperator") };
  const retry = useAction("retryRun", {
    onDone: ({ runId, deliveryId }) => {
      const target = runId ? `/runs/${runId}` : deliveryId ? `/open/${deliveryId}` : null;
      toast.done(t("retried"), {
        id: "palette",
        ...(target ? { action: { label: t("openIt"), run: () => navigate(target) } } : {}),
      });
    },
  });
  const replay = useAction("replayEvent", {
    onDone: ({ deliveries }) => toast.done(t("replayed", { count: deliveries.length }), { id: "palette" }),
  });
  const pause = useAction("updateHandler", {
    onDone: (now) => {
      putInLists(queryClient, "listHandlers", now);
      toast.done(t(now.paused ? "paused" : "resumed", { name: now.name }), { id: now.id });
    },
  });
  const openRun = /^\/runs\/(run_[0-9a-z]{26})$/.exec(path)?.[1];
  const openEvent = /^\/events\/(evt_[0-9a-z]{26})$/.exec(path)?.[1];
  return [
    ...(openRun
      ? [entry("retry-run", t("retryThisRun"), "retry", () => retry.run({ params: { id: openRun } }), gate)]
      : []),
    ...(openEvent
      ? [
          entry(
            "replay-event",
            t("replayThisEvent"),
            "retry",
            () => replay.run({ params: { id: openEvent }, body: {} }),
            gate,
          ),
        ]
      : []),
    ...flows
      .filter((flow) => flow.enabled)
      .map((flow) =>
        entry(`run:${flow.id}`, t("runFlow", { name: flow.name }), "play", () => onRunFlow(flow), {
          hint: flow.plug,
          words: [flow.kind, flow.plug],
          ...gate,
        }),
      ),
    ...handlers.map((handler) =>
      entry(
        `pause:${handler.id}`,
        t(handler.paused ? "resumeHandler" : "pauseHandler", { name: handler.name }),
        handler.paused ? "play" : "pause",
        () => pause.run({ params: { id: handler.id }, body: { paused: !handler.paused } }),
        { hint: handler.plug, words: [handler.kind, handler.plug], ...gate },
      ),
    ),
  ];
}

const entry = (
  id: string,
  label: string,
  icon: PaletteEntry["icon"],
  run: () => void,
  more: Partial<PaletteEntry>,
): PaletteEntry => ({ id, label, icon, run, ...more });
