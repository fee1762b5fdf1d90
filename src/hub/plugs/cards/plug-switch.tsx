"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { PlugRecord } from "../../../contract/index.ts";
import { putInLists } from "../../data/put-in-lists.ts";
import { useAction } from "../../data/use-action.ts";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

/** On or off, at once; back again with a toast when the server says no. */
export function PlugSwitch({ plug }: { plug: PlugRecord }) {
  const t = useTranslations("plugs");
  const parts = useTranslations("parts");
  const toast = useToast();
  const queryClient = useQueryClient();
  const update = useAction("updatePlug", {
    onDone: (now) => {
      putInLists(queryClient, "listPlugs", now);
      toast.done(t(now.enabled ? "switchedOn" : "switchedOff", { plug: now.label, count: now.counts.waiting }), {
        id: `plug:${now.name}`,
        action: { label: parts("undo"), run: () => set(!now.enabled) },
      });
    },
  });
  const set = (enabled: boolean) => update.run({ params: { plug: plug.name }, body: { enabled } });
  const checked = update.pending ? (update.input?.body.enabled ?? plug.enabled) : plug.enabled;
  return (
    <GatedSwitch
      needs="operator"
      label={t("enabled", { plug: plug.label })}
      checked={checked}
      onChange={set}
      className="relative z-1"
    />
  );
}
