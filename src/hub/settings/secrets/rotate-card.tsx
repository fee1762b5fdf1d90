"use client";

import { useTranslations } from "use-intl";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { SettingsCard } from "../settings-card.tsx";

const EXAMPLE = 'KHOTAN_SECRET="$(openssl rand -hex 32)"\nKHOTAN_SECRET_PREVIOUS="…"';
const STEPS = ["restart", "reseal", "drop"] as const;

/** How KHOTAN_SECRET is changed without anybody noticing. */
export function RotateCard({ title }: { title: string }) {
  const t = useTranslations("settings");
  const parts = useTranslations("parts");
  return (
    <SettingsCard title={title}>
      <ol className="flex max-w-[72ch] list-decimal flex-col gap-2.5 p-3 pl-8 text-pretty">
        {STEPS.map((step) => (
          <li key={step}>
            {t(`secrets.step.${step}`)}
            {step === "restart" && <CodeBlock text={EXAMPLE} label={parts("copyValue")} className="mt-2" />}
          </li>
        ))}
      </ol>
      <p className="max-w-[72ch] border-t px-3 py-2.5 text-xs text-pretty text-muted-foreground">
        {t("secrets.sessions")}
      </p>
    </SettingsCard>
  );
}
