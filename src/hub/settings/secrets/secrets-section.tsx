"use client";

import { useTranslations } from "use-intl";
import { useOverview } from "../../data/use-overview.ts";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { SettingsCard } from "../settings-card.tsx";

const EXAMPLE = 'KHOTAN_SECRET="$(openssl rand -base64 32)"\nKHOTAN_SECRET_PREVIOUS="…"';

/** Whether this process can read every secret that is stored. */
export default function SecretsSection() {
  const t = useTranslations("settings");
  const parts = useTranslations("parts");
  const { data, error, refetch } = useOverview();
  const missing = data?.system.secretKeysMissing ?? [];
  return (
    <SettingsCard
      title={t("secrets.title")}
      loading={!data}
      error={error ? { title: t("health.failed"), error, retry: () => void refetch() } : null}
    >
      {data && (
        <div className="flex flex-col gap-3 p-3">
          <Note look={missing.length > 0 ? RUN_LOOKS.failed : RUN_LOOKS.succeeded} role="status">
            {missing.length > 0 ? t("secrets.missing", { count: missing.length }) : t("secrets.ok")}
            {missing.map((key) => (
              <p key={key} className="text-xs">
                {t("secrets.key")} <code>{key}</code>
              </p>
            ))}
          </Note>
          <p className="max-w-[72ch] text-xs leading-4.5 text-pretty text-muted-foreground">{t("secrets.rotate")}</p>
          <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
        </div>
      )}
    </SettingsCard>
  );
}
