"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { PlugRecord, WireRecord } from "../../../contract/index.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";

const load = () => import("./test-event-dialog.tsx");
const TestEventDialog = lazy(load);

/** Sends an event of one's own down the wire. */
export function TestEventButton({ plug, wire }: { plug: PlugRecord; wire: WireRecord }) {
  const t = useTranslations("plugs");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionButton needs="operator" icon="send" onPointerEnter={() => void load()} onClick={() => setOpen(true)}>
        {t("testEvent.button")}
      </ActionButton>
      {open && (
        <Suspense>
          <TestEventDialog plug={plug} wire={wire} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
