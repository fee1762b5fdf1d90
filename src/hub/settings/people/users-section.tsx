"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CreatedUser, OneTimeLink, UserRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { NextPage } from "../next-page.tsx";
import { PeoplePort } from "../people-port.tsx";
import { SettingsCard } from "../settings-card.tsx";
import { ShowOnce } from "../show-once.tsx";
import { UserDialog } from "./user-dialog.tsx";
import { UserRow } from "./user-row.tsx";

/** Who may sign in, and as what. */
export default function UsersSection() {
  const t = useTranslations("people");
  return (
    <PeoplePort title={t("users.title")}>
      <UsersCard />
    </PeoplePort>
  );
}

function UsersCard() {
  const t = useTranslations("people");
  const [editing, setEditing] = useState<UserRecord | "new" | null>(null);
  const [way, setWay] = useState<{ readonly name: string; readonly kind: "link" | "password"; text: string } | null>(
    null,
  );
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const { data, error, refetch } = useApi("listUsers", { query: { cursor, limit: 50 } }, { keepPrevious: true });
  const onMade = ({ user, link, password }: CreatedUser) => {
    setEditing(null);
    if (link) setWay({ name: user.name, kind: "link", text: link.url });
    else if (password !== null) setWay({ name: user.name, kind: "password", text: password });
  };
  const onLink = (user: UserRecord, link: OneTimeLink) => setWay({ name: user.name, kind: "link", text: link.url });
  return (
    <SettingsCard
      title={t("users.title")}
      loading={!data}
      error={error ? { title: t("users.failed"), error, retry: () => void refetch() } : null}
      empty={data?.items.length === 0 ? t("users.none") : undefined}
      aside={
        <ActionButton needs="admin" icon="plus" onClick={() => setEditing("new")}>
          {t("users.invite")}
        </ActionButton>
      }
    >
      <ul aria-label={t("users.title")}>
        {data?.items.map((user) => (
          <UserRow key={user.id} user={user} onEdit={() => setEditing(user)} onLink={(link) => onLink(user, link)} />
        ))}
      </ul>
      <NextPage cursors={cursors} next={data?.page.next ?? null} onCursors={setCursors} />
      {editing !== null && (
        <UserDialog user={editing === "new" ? null : editing} onMade={onMade} onClose={() => setEditing(null)} />
      )}
      {way && (
        <ShowOnce
          title={t(`way.${way.kind}.title`, { name: way.name })}
          text={t(`way.${way.kind}.text`)}
          secret={way.text}
          copy={t(`way.${way.kind}.copy`)}
          onClose={() => setWay(null)}
        />
      )}
    </SettingsCard>
  );
}
