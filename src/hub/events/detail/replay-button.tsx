"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { EventDetail } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { RadioList } from "../../parts/action/radio-list.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

const ALL = "";

/** Deliver the event again, to every handler that matches or to one. */
export function ReplayButton({ event }: { event: EventDetail }) {
  const t = useTranslations("events");
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [handlerId, setHandlerId] = useState(ALL);
  const handlers = [...new Map(event.deliveries.map(({ handlerId: id, handler }) => [id, handler.name]))];
  const replay = useAction("replayEvent", {
    onDone: ({ deliveries }) => {
      setOpen(false);
      toast.done(t("replay.done", { count: deliveries.length }), { id: `replay:${event.id}` });
    },
  });
  return (
    <>
      <ActionButton needs="operator" variant="primary" icon="retry" onClick={() => setOpen(true)}>
        {t("replay.button")}
      </ActionButton>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("replay.title", { type: event.type })}
        body={t("replay.body")}
        confirm={t("replay.confirm")}
        pending={replay.pending}
        onConfirm={() => replay.run({ params: { id: event.id }, body: handlerId === ALL ? {} : { handlerId } })}
      >
        {handlers.length > 0 && (
          <RadioList
            label={t("replay.to")}
            value={handlerId}
            onChange={setHandlerId}
            options={[
              { value: ALL, label: t("replay.all") },
              ...handlers.map(([id, name]) => ({ value: id, label: name })),
            ]}
          />
        )}
      </ConfirmDialog>
    </>
  );
}
