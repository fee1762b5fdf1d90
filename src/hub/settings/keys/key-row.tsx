"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Input } from "../../../components/ui/input.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { ApiKeyRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useTenantsText } from "../people/use-tenants-text.ts";
import { useNamedRow } from "../use-named-row.ts";

/** One key: what it may, whose it is, when it was used, when it ends. */
export function KeyRow({ apiKey }: { apiKey: ApiKeyRecord }) {
  const t = useTranslations("people");
  const toast = useToast();
  const queryClient = useQueryClient();
  const tenantsText = useTenantsText();
  const { ref, named } = useNamedRow<HTMLLIElement>(apiKey.id);
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const { name, owner } = apiKey;
  const revoke = useAction("deleteApiKey", {
    onDone: () => {
      setAsking(false);
      void queryClient.invalidateQueries({ queryKey: ["listApiKeys"] });
      toast.done(t("apiKeys.revoked", { name }), { id: apiKey.id });
    },
  });
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
          <span className="truncate">{name}</span>
          <code className="text-xs font-normal text-faint-foreground">{`${apiKey.start}…`}</code>
          {apiKey.expired && <Tag variant="amber">{t("apiKeys.expired")}</Tag>}
          {owner?.disabled && <Tag>{t("apiKeys.ownerOff")}</Tag>}
        </p>
        <p className="truncate text-xs text-muted-foreground">{owner ? owner.email : t("apiKeys.ofHub")}</p>
      </div>
      <div className="min-w-40 text-xs text-muted-foreground tabular-nums">
        <p className="text-foreground">
          {t(`roleName.${apiKey.role}`)}, {tenantsText(apiKey.tenants)}
        </p>
        <p>
          {apiKey.lastUsedAt ? (
            <>
              {t("apiKeys.lastUsed")} <TimeText at={apiKey.lastUsedAt} show="moment" />
            </>
          ) : (
            t("apiKeys.neverUsed")
          )}
          {", "}
          {apiKey.expiresAt ? (
            <>
              {t(apiKey.expired ? "apiKeys.ended" : "apiKeys.endsAt")} <TimeText at={apiKey.expiresAt} show="moment" />
            </>
          ) : (
            t("apiKeys.noEnd")
          )}
        </p>
      </div>
      <ActionButton
        needs="admin"
        onClick={() => {
          setTyped("");
          setAsking(true);
        }}
        aria-label={t("apiKeys.revokeName", { name })}
      >
        {t("apiKeys.revoke")}
      </ActionButton>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={t("apiKeys.revokeTitle", { name })}
          body={t("apiKeys.revokeBody")}
          confirm={t("apiKeys.revokeConfirm")}
          irreversible
          blocked={typed.trim() !== name}
          pending={revoke.pending}
          onConfirm={() => revoke.run({ params: { id: apiKey.id } })}
        >
          <div className="grid gap-1">
            <label htmlFor={id} className="text-xs font-medium">
              {t("apiKeys.typeName", { name })}
            </label>
            <Input
              id={id}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        </ConfirmDialog>
      )}
    </li>
  );
}
