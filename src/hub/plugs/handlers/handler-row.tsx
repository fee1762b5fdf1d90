"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import type { HandlerRecord } from "../../../contract/index.ts";
import { putInLists } from "../../data/put-in-lists.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { HubLink } from "../../routing/hub-link.tsx";

/** A catch or a pass: what it takes, where it goes, and whether it does. */
export function HandlerRow({ handler }: { handler: HandlerRecord }) {
  const t = useTranslations("plugs");
  const parts = useTranslations("parts");
  const toast = useToast();
  const queryClient = useQueryClient();
  const id = `handler:${handler.id}`;
  const enable = useAction("updateHandler", {
    onDone: (now) => {
      putInLists(queryClient, "listHandlers", now);
      toast.done(t(now.enabled ? "handlers.enabled" : "handlers.disabled", { name: now.name }), {
        id,
        action: {
          label: parts("undo"),
          run: () => enable.run({ params: { id: handler.id }, body: { enabled: !now.enabled } }),
        },
      });
    },
  });
  const pause = useAction("updateHandler", {
    onDone: (now) => {
      putInLists(queryClient, "listHandlers", now);
      toast.done(t(now.paused ? "handlers.paused" : "handlers.resumed", { name: now.name, count: now.waiting }), {
        id,
        action: {
          label: parts("undo"),
          run: () => pause.run({ params: { id: handler.id }, body: { paused: !now.paused } }),
        },
      });
    },
  });
  const enabled = enable.pending ? (enable.input?.body?.enabled ?? handler.enabled) : handler.enabled;
  return (
    <div className="flex min-h-12 items-center gap-2.5 border-b px-3 py-1.5 last:border-b-0">
      <IconTile name={kindIcon(handler.kind)} />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-center gap-2 leading-4.5">
          <HubLink
            to={`/runs?handler=${handler.id}`}
            className="truncate rounded-xs font-medium hover:text-primary-text hover:underline"
          >
            {handler.name}
          </HubLink>
          {handler.dead > 0 && (
            <HubLink
              to={`/events/dead?handler=${handler.id}`}
              className="shrink-0 rounded-[5px] bg-st-dead-bg px-1.5 text-2xs leading-4 font-medium text-st-dead-fg hover:underline"
            >
              {t("card.dead", { count: handler.dead })}
            </HubLink>
          )}
          {handler.waiting > 0 && (
            <span className="shrink-0 rounded-[5px] bg-st-partial-bg px-1.5 text-2xs leading-4 font-medium text-st-partial-fg">
              {t("card.waiting", { count: handler.waiting })}
            </span>
          )}
        </div>
        <div className="flex min-w-0 items-center gap-1.5 text-xs leading-4.5 text-muted-foreground">
          <span className="truncate font-mono">{handler.events.join(", ")}</span>
          {handler.to && (
            <span className="flex shrink-0 items-center gap-1">
              <Icon name="arrow-right" className="size-3" />
              {handler.to}
            </span>
          )}
          {handler.execution === "workflow" && <span className="shrink-0">{t("handlers.workflow")}</span>}
        </div>
      </div>
      {handler.enabled && (
        <ActionButton
          needs="operator"
          variant="ghost"
          icon={handler.paused ? "play" : "pause"}
          pending={pause.pending}
          onClick={() => pause.run({ params: { id: handler.id }, body: { paused: !handler.paused } })}
        >
          {t(handler.paused ? "handlers.resume" : "handlers.pause")}
        </ActionButton>
      )}
      <GatedSwitch
        needs="operator"
        label={t("enabled", { plug: handler.name })}
        checked={enabled}
        onChange={(next) => enable.run({ params: { id: handler.id }, body: { enabled: next } })}
      />
    </div>
  );
}
