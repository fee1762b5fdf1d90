import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { FlowRecord } from "../../contract/index.ts";
import { putInLists } from "../data/put-in-lists.ts";
import { useAction } from "../data/use-action.ts";
import { useToast } from "../parts/toast/use-toast.ts";
import type { FlowRow } from "./flow-rows.ts";

/** Switch a flow, or the schedule of one of its variants; shown at once, and back again when the server says no. */
export function useFlowSwitch({ flow, variant, schedule }: FlowRow) {
  const t = useTranslations("flows");
  const parts = useTranslations("parts");
  const toast = useToast();
  const queryClient = useQueryClient();
  const name = variant === null ? flow.name : `${flow.name} ${variant}`;
  const tell = (now: FlowRecord, text: string, undo: () => void) => {
    putInLists(queryClient, "listFlows", now);
    toast.done(text, { id: `flow:${now.id}:${variant ?? ""}`, action: { label: parts("undo"), run: undo } });
  };
  const whole = useAction("updateFlow", {
    onDone: (now) =>
      tell(now, t(now.enabled ? "switchedOn" : "switchedOff", { flow: name }), () => setEnabled(!now.enabled)),
  });
  const timed = useAction("updateFlow", {
    onDone: (now, input) => {
      const on = input.body?.schedules?.[0]?.enabled ?? true;
      tell(now, t(on ? "scheduleOn" : "scheduleOffDone", { flow: name }), () => setScheduled(!on));
    },
  });
  const setEnabled = (enabled: boolean) => whole.run({ params: { id: flow.id }, body: { enabled } });
  const setScheduled = (enabled: boolean) =>
    timed.run({ params: { id: flow.id }, body: { schedules: [{ variant, enabled }] } });
  return {
    enabled: whole.pending ? (whole.input?.body?.enabled ?? flow.enabled) : flow.enabled,
    scheduled: (timed.pending ? timed.input?.body?.schedules?.[0]?.enabled : undefined) ?? schedule?.enabled ?? false,
    setEnabled,
    setScheduled,
  };
}
