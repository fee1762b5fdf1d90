"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { ActionButton } from "../../parts/action/action-button.tsx";

const NewMappingDialog = lazy(() => import("./new-mapping-dialog.tsx"));

/** Begin a field mapping that the code does not declare. */
export function NewMapping({ names }: { names: readonly string[] }) {
  const t = useTranslations("flows.fields");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionButton needs="operator" icon="plus" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("new.button")}
      </ActionButton>
      {open && (
        <Suspense>
          <NewMappingDialog names={names} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
