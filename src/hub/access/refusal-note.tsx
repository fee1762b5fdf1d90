"use client";

import { useTranslations } from "use-intl";
import { Note } from "../parts/note.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import type { AuthRefusal } from "./auth-call.ts";

/** Why the door stayed shut, and what to do. */
export function RefusalNote({ refusal, at }: { refusal: AuthRefusal; at: "signIn" | "setup" }) {
  const t = useTranslations("access");
  const code = at === "setup" && refusal.code === "wrong" ? "invalid" : refusal.code;
  const first = refusal.issues[0];
  return (
    <Note look={code === "limited" ? RUN_LOOKS.partial : RUN_LOOKS.failed} role="alert">
      <p className="font-medium">{t(`refusal.${code}.title`)}</p>
      <p className="text-xs leading-4.5 text-pretty">
        {code === "invalid" && first
          ? `${first.path}: ${first.message}`
          : t(`refusal.${code}.text`, { seconds: refusal.retryAfter ?? 60 })}
      </p>
    </Note>
  );
}
