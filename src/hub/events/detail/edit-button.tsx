"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { EventDetail } from "../../../contract/index.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";

const EditDialog = lazy(() => import("./edit-dialog.tsx"));

/** Send a changed copy of the event; the editor is loaded when it is wanted. */
export function EditButton({ event }: { event: EventDetail }) {
  const t = useTranslations("events.edit");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        needs="operator"
        icon="pencil"
        blocked={event.bodyAvailable ? undefined : t("gone")}
        onClick={() => setOpen(true)}
      >
        {t("button")}
      </ActionButton>
      {open && (
        <Suspense>
          <EditDialog event={event} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
