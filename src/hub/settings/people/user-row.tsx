"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { OneTimeLink, UserRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNamedRow } from "../use-named-row.ts";
import { useTenantsText } from "./use-tenants-text.ts";

interface UserRowProps {
  readonly user: UserRecord;
  readonly onEdit: () => void;
  readonly onLink: (link: OneTimeLink) => void;
}

type Question = "signOut" | "remove" | "disable";

/** One person: who they are, what they may, and what can be done about it. */
export function UserRow({ user, onEdit, onLink }: UserRowProps) {
  const t = useTranslations("people");
  const toast = useToast();
  const queryClient = useQueryClient();
  const tenantsText = useTenantsText();
  const { ref, named } = useNamedRow<HTMLLIElement>(user.id);
  const [asking, setAsking] = useState<Question | null>(null);
  const params = { id: user.id };
  const names = { name: user.name };
  const done = (text: string) => {
    setAsking(null);
    void queryClient.invalidateQueries({ queryKey: ["listUsers"] });
    void queryClient.invalidateQueries({ queryKey: ["listApiKeys"] });
    toast.done(text, { id: user.id });
  };
  const link = useAction("createUserLink", { onDone: onLink });
  const update = useAction("updateUser", {
    onDone: (now) => done(t(now.status === "disabled" ? "users.off" : "users.on", names)),
  });
  const signOut = useAction("endUserSessions", {
    onDone: ({ ended }) => done(t("users.signedOut", { ended, ...names })),
  });
  const remove = useAction("deleteUser", { onDone: () => done(t("users.removed", names)) });
  const off = user.status === "disabled";
  const confirm = {
    signOut: () => signOut.run({ params }),
    remove: () => remove.run({ params }),
    disable: () => update.run({ params, body: { disabled: true } }),
  };
  return (
    <li
      ref={ref}
      aria-current={named ? "true" : undefined}
      className={cn(
        "flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 last:border-b-0",
        named && "bg-primary-soft",
      )}
    >
      <div className="min-w-52 flex-1">
        <p className="flex flex-wrap items-center gap-1.5 font-medium">
          <span className="truncate">{user.name}</span>
          {user.self && <Tag variant="line">{t("users.self")}</Tag>}
          {user.status !== "active" && <Tag variant={off ? "soft" : "amber"}>{t(`status.${user.status}`)}</Tag>}
        </p>
        <p className="truncate text-xs text-muted-foreground">{user.email}</p>
      </div>
      <div className="min-w-40 text-xs text-muted-foreground tabular-nums">
        <p className="text-foreground">
          {t(`roleName.${user.role}`)}, {tenantsText(user.tenants)}
        </p>
        <p>
          {user.lastSeenAt ? (
            <>
              {t("users.lastSeen")} <TimeText at={user.lastSeenAt} show="moment" />
            </>
          ) : (
            t("users.neverSeen")
          )}
          {user.sessions > 0 && <>, {t("users.sessions", { count: user.sessions })}</>}
          {user.keys > 0 && <>, {t("users.keys", { count: user.keys })}</>}
        </p>
      </div>
      <ActionButton needs="admin" onClick={onEdit} aria-label={t("users.editName", names)}>
        {t("users.edit")}
      </ActionButton>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t("users.more", names)}>
            <Icon name="more" className="size-3.5" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem disabled={off || link.pending} onSelect={() => link.run({ params })}>
            <Icon name="key" />
            {t("users.link")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={user.sessions === 0} onSelect={() => setAsking("signOut")}>
            <Icon name="sign-out" />
            {t("users.signOut")}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            onSelect={() => (off ? update.run({ params, body: { disabled: false } }) : setAsking("disable"))}
          >
            <Icon name="lock" />
            {t(off ? "users.enable" : "users.disable")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsking("remove")}>
            <Icon name="x" />
            {t("users.remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={t(`ask.${asking}.title`, names)}
          body={t(`ask.${asking}.body`, { keys: user.keys })}
          confirm={t(`ask.${asking}.confirm`)}
          irreversible={asking === "remove"}
          pending={signOut.pending || remove.pending || update.pending}
          onConfirm={confirm[asking]}
        />
      )}
    </li>
  );
}
