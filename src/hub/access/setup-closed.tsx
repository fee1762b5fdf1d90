"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Note } from "../parts/note.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";

interface SetupClosedProps {
  readonly reason: "exists" | "noToken" | "ended";
  readonly signInPath: string;
  readonly authPath: string;
}

/** The link was used, has ended, or was never there: what now? */
export function SetupClosed({ reason, signInPath, authPath }: SetupClosedProps) {
  const t = useTranslations("access");
  const [hasOwner, setHasOwner] = useState(reason === "exists");
  useEffect(() => {
    fetch(`${authPath}/setup-state`)
      .then((response) => response.json())
      .then((state: { needsAdmin?: unknown }) => setHasOwner(state.needsAdmin === false))
      .catch(() => undefined);
  }, [authPath]);
  const shown = hasOwner ? "exists" : reason;
  return (
    <div className="flex flex-col gap-4">
      <h2 className="pb-1 text-[20px] leading-7 font-semibold tracking-[-0.015em]">{t("setup.title")}</h2>
      <Note look={RUN_LOOKS.partial} role="alert">
        <p className="font-medium">{t(`closed.${shown}.title`)}</p>
        <p className="text-xs leading-4.5 text-pretty">{t(`closed.${shown}.text`)}</p>
      </Note>
      {hasOwner && (
        <Button asChild variant="primary" size="lg" className="w-full">
          <a href={signInPath}>{t("signIn.button")}</a>
        </Button>
      )}
    </div>
  );
}
