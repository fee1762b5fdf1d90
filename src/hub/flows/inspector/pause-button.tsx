"use client";

import { useTranslations } from "use-intl";
import type { FlowRecord } from "../../../contract/index.ts";
import { useMay } from "../../data/use-overview.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import type { FlowRow } from "../flow-rows.ts";
import { useFlowSwitch } from "../use-flow-switch.ts";

/** Stop a flow from firing, and let it go on: of a variant its schedule, of a flow all of it. Also `p`. */
export function PauseButton({ flow, row }: { flow: FlowRecord; row: FlowRow | undefined }) {
  const t = useTranslations("flows");
  const may = useMay("operator");
  const ofVariant = row !== undefined && row.variant !== null;
  const state = useFlowSwitch(row ?? { id: flow.id, flow, variant: null, heads: false, schedule: null });
  const on = ofVariant ? state.scheduled : state.enabled;
  const toggle = () => (ofVariant ? state.setScheduled(!on) : state.setEnabled(!on));
  const unplanned = ofVariant && row.schedule === null;
  useShortcut(may && !unplanned ? { keys: "p", label: t("keys.pause"), group: "record", run: toggle } : null);
  if (unplanned) return null;
  return (
    <ActionButton needs="operator" icon={on ? "pause" : "play"} onClick={toggle}>
      {t(on ? "pause" : "resume")}
    </ActionButton>
  );
}
