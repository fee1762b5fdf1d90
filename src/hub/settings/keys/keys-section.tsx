"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CreatedApiKey } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { NextPage } from "../next-page.tsx";
import { PeoplePort } from "../people-port.tsx";
import { SettingsCard } from "../settings-card.tsx";
import { ShowOnce } from "../show-once.tsx";
import { KeyDialog } from "./key-dialog.tsx";
import { KeyRow } from "./key-row.tsx";

/** What scripts sign in with. */
export default function KeysSection() {
  const t = useTranslations("people");
  return (
    <PeoplePort title={t("apiKeys.title")}>
      <KeysCard />
    </PeoplePort>
  );
}

function KeysCard() {
  const t = useTranslations("people");
  const { apiPath } = useHub();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const { data, error, refetch } = useApi(
    "listApiKeys",
    { query: { cursor: cursors.at(-1), limit: 50 } },
    { keepPrevious: true },
  );
  return (
    <SettingsCard
      title={t("apiKeys.title")}
      loading={!data}
      error={error ? { title: t("apiKeys.failed"), error, retry: () => void refetch() } : null}
      empty={data?.items.length === 0 ? t("apiKeys.none") : undefined}
      aside={
        <ActionButton needs="admin" icon="plus" onClick={() => setAdding(true)}>
          {t("apiKeys.new")}
        </ActionButton>
      }
    >
      <ul aria-label={t("apiKeys.title")}>
        {data?.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
      <NextPage cursors={cursors} next={data?.page.next ?? null} onCursors={setCursors} />
      {adding && (
        <KeyDialog
          onClose={() => setAdding(false)}
          onMade={(key) => {
            setAdding(false);
            setMade(key);
          }}
        />
      )}
      {made && (
        <ShowOnce
          title={t("apiKeys.madeTitle", { name: made.key.name })}
          text={t("apiKeys.madeText")}
          secret={made.secret}
          copy={t("apiKeys.copy")}
          onClose={() => setMade(null)}
        >
          <CodeBlock text={tryIt(apiPath)} label={t("apiKeys.copyCommand")} />
        </ShowOnce>
      )}
    </SettingsCard>
  );
}

/** With the variable in place of the key, so that the key stays out of the shell's history. */
const tryIt = (apiPath: string): string =>
  `curl -sS ${new URL(`${apiPath}/overview`, window.location.origin).href} \\\n  -H "Authorization: Bearer $KHOTAN_API_KEY"`;
