"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import type { AuditRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { RowTime } from "../../parts/time/row-time.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { pathOfId } from "../../routing/path-of-id.ts";
import { NeedsAdmin } from "../needs-admin.tsx";
import { SettingsCard } from "../settings-card.tsx";
import { AUDIT_FILTER, AuditFilter } from "./audit-filter.tsx";

interface Page {
  readonly items: readonly AuditRecord[];
  readonly page: { readonly next: string | null };
}

/** Who changed what, everywhere. Values never stand here, only their keys. */
export default function AuditSection() {
  const t = useTranslations("settings");
  return (
    <NeedsAdmin title={t("section.audit")}>
      <AuditCard />
    </NeedsAdmin>
  );
}

function AuditCard() {
  const t = useTranslations("settings");
  const { client } = useHub();
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  const [filter] = useQueryStates(AUDIT_FILTER);
  const narrowed = Object.values(filter).some((value) => value !== null);
  const query = {
    tenant,
    actor: filter.actor ?? undefined,
    action: filter.action ?? undefined,
    since: filter.since ?? undefined,
    until: filter.until ?? undefined,
  };
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery<
    Page,
    KhotanApiError,
    { pages: Page[] },
    readonly unknown[],
    string | null
  >({
    queryKey: ["listAudit", "all", query],
    queryFn: ({ pageParam, signal }) =>
      client.listAudit({ query: { ...query, cursor: pageParam ?? undefined, limit: 50 }, signal }),
    initialPageParam: null,
    getNextPageParam: (last) => last.page.next,
  });
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SettingsCard
      title={t("section.audit")}
      loading={!data}
      error={error ? { title: t("audit.failed"), error, retry: () => void refetch() } : null}
      empty={data && rows.length === 0 ? t(narrowed ? "audit.noMatch" : "audit.none") : undefined}
      above={<AuditFilter />}
    >
      <ol>
        {rows.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <div className="border-t p-2">
          <Button variant="ghost" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </SettingsCard>
  );
}

function Entry({ entry }: { entry: AuditRecord }) {
  const path = entry.target ? pathOfId(entry.target) : null;
  const data = Object.keys(entry.data).length > 0 ? JSON.stringify(entry.data) : null;
  return (
    <li className="grid min-h-8 grid-cols-[96px_160px_150px_minmax(0,1fr)] items-center gap-3 border-b px-3 text-xs last:border-b-0 small:grid-cols-[96px_minmax(0,1fr)] small:py-1.5">
      <RowTime at={entry.at} />
      <span className="truncate font-medium" title={entry.actor}>
        {entry.actor}
      </span>
      <code className="truncate small:col-start-2">{entry.action}</code>
      <span className="flex min-w-0 gap-3 small:col-start-2">
        {entry.plug && (
          <HubLink to={`/plugs/${entry.plug}`} className="rounded-xs hover:text-primary-text hover:underline">
            {entry.plug}
          </HubLink>
        )}
        {entry.tenant && entry.tenant !== "default" && <span className="text-muted-foreground">{entry.tenant}</span>}
        {entry.target &&
          (path ? (
            <HubLink to={path} className="truncate rounded-xs font-mono hover:text-primary-text hover:underline">
              {entry.target}
            </HubLink>
          ) : (
            <span className="truncate font-mono">{entry.target}</span>
          ))}
        {data && (
          <span title={data} className="min-w-0 truncate font-mono text-faint-foreground">
            {data}
          </span>
        )}
      </span>
    </li>
  );
}
