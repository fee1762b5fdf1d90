"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Switch } from "../../../components/ui/switch.tsx";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useMay } from "../../data/use-overview.ts";
import { useToast } from "../../parts/toast/use-toast.tsx";

/** On or off, at once; back again with a toast when the server says no. */
export function PlugSwitch({ plug }: { plug: PlugRecord }) {
  const t = useTranslations("plugs");
  const parts = useTranslations("parts");
  const may = useMay("operator");
  const toast = useToast();
  const queryClient = useQueryClient();
  const update = useAction("updatePlug", {
    onDone: (now) => {
      void queryClient.invalidateQueries({ queryKey: ["listPlugs"] });
      toast.done(t(now.enabled ? "switchedOn" : "switchedOff", { plug: now.label, count: now.counts.waiting }), {
        id: `plug:${now.name}`,
        action: { label: parts("undo"), run: () => set(!now.enabled) },
      });
    },
  });
  const set = (enabled: boolean) => update.run({ params: { plug: plug.name }, body: { enabled } });
  const checked = update.pending ? (update.input?.body.enabled ?? plug.enabled) : plug.enabled;
  return (
    <Tooltip content={parts("needsRole", { role: "operator" })} disabled={may}>
      <Switch
        checked={checked}
        aria-disabled={!may || undefined}
        aria-label={t("enabled", { plug: plug.label })}
        onCheckedChange={(enabled) => may && set(enabled)}
        className="z-1"
      />
    </Tooltip>
  );
}
