"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { CacheRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { formatCountdown } from "../../parts/time/format-duration.ts";
import { useToast } from "../../parts/toast/use-toast.ts";

interface CacheRowProps {
  readonly cache: CacheRecord;
  /** Only this tenant's entries, when one was chosen. */
  readonly tenant: string | null;
}

/** A cache: whose it is, how long it remembers, how much it holds. */
export function CacheRow({ cache, tenant }: CacheRowProps) {
  const t = useTranslations("mappings");
  const locale = useLocale();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const clear = useAction("clearCache", {
    onDone: ({ removed }) => {
      setAsking(false);
      void queryClient.invalidateQueries({ queryKey: ["listCaches"] });
      toast.done(t("caches.cleared", { count: removed, name: cache.name }), { id: `cache:${cache.name}` });
    },
  });
  const whose = cache.scope === "tenant" ? tenant : null;
  const input = { params: { name: cache.name }, query: whose === null ? {} : { tenant: whose } };
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 last:border-b-0">
      <span className="flex min-w-44 flex-1 items-center gap-2">
        <span className="truncate font-medium">{cache.name}</span>
        {!cache.registered && <Tag variant="amber">{t("caches.gone")}</Tag>}
      </span>
      <span className="w-28 text-xs text-muted-foreground">{t(`caches.scope.${cache.scope}`)}</span>
      <span className="w-28 text-xs text-muted-foreground tabular-nums">
        {cache.ttlMs === null ? t("caches.ever") : t("caches.ttl", { time: formatCountdown(cache.ttlMs) })}
      </span>
      <span className="w-36 text-right text-xs tabular-nums small:text-left">
        {t(cache.estimated ? "caches.about" : "caches.entries", { count: cache.entries })}
      </span>
      <span className="w-20 text-right text-xs text-muted-foreground tabular-nums">
        {formatBytes(cache.bytes, locale)}
      </span>
      <span className="flex items-center gap-1">
        <CopyCurl name="clearCache" input={input} compact />
        <ActionButton needs="operator" variant="danger" onClick={() => setAsking(true)}>
          {t("caches.clear")}
        </ActionButton>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("caches.clearTitle", { name: cache.name })}
        body={t("caches.clearBody", { count: cache.entries, tenant: whose ?? "none" })}
        confirm={t("caches.clearConfirm")}
        irreversible
        pending={clear.pending}
        onConfirm={() => clear.run(input)}
      />
    </li>
  );
}
