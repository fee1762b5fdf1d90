"use client";

import { useLocale, useTranslations } from "use-intl";
import type { GapRecord, GapStatus, PlugRecord, WireRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { Note } from "../../parts/note.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { type Look, RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { useStillNow } from "../../parts/time/clock.ts";
import { formatMoment } from "../../parts/time/format-time.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

const LOOKS: Record<GapStatus, Look> = {
  pending: RUN_LOOKS.pending,
  running: RUN_LOOKS.running,
  closed: RUN_LOOKS.succeeded,
  failed: RUN_LOOKS.failed,
};

/** Times in which the wire may have missed something, and the way to ask the provider for it. */
export function GapsSection({ plug, wire }: { plug: PlugRecord; wire: WireRecord }) {
  const t = useTranslations("plugs");
  const toast = useToast();
  const input = { params: { plug: wire.plug }, query: { tenant: wire.tenant } };
  const { data, error, refetch } = useApi("listGaps", { ...input, query: { ...input.query, limit: 5 } });
  const repair = useAction("repairWire", {
    onDone: () => {
      void refetch();
      toast.done(t("gaps.asked", { plug: plug.label }), { id: `gap:${plug.name}` });
    },
  });
  const gaps = data?.items ?? [];
  const latest = gaps[0];
  return (
    <section className="border-t p-3">
      <header className="flex flex-wrap items-center gap-2 pb-1">
        <h3 className="flex-1 font-semibold">{t("gaps.title")}</h3>
        <CopyCurl name="repairWire" input={{ ...input, body: {} }} compact />
        <ActionButton
          needs="operator"
          icon="history"
          pending={repair.pending}
          onClick={() => repair.run({ ...input, body: {} })}
        >
          {t("gaps.fetch")}
        </ActionButton>
      </header>
      <p className="pb-1.5 text-xs leading-4.5 text-pretty text-muted-foreground">
        {t("gaps.explain")} {data && gaps.length === 0 && t("gaps.none")}
      </p>
      {latest?.status === "failed" && latest.error && (
        <Note look={RUN_LOOKS.failed} role="alert" className="mb-1.5">
          {t("gaps.broken", { message: latest.error.message })}
        </Note>
      )}
      {error && <ErrorState title={t("gaps.failed")} error={error} onRetry={() => void refetch()} />}
      <ul>
        {gaps.map((gap) => (
          <GapRow key={gap.id} gap={gap} />
        ))}
      </ul>
    </section>
  );
}

function GapRow({ gap }: { gap: GapRecord }) {
  const t = useTranslations("plugs");
  const locale = useLocale();
  const now = useStillNow();
  const moment = (at: string) => formatMoment(Date.parse(at), now, locale);
  return (
    <li className="grid min-h-7 grid-cols-[84px_minmax(0,1fr)_auto] items-center gap-2 text-xs small:grid-cols-[84px_minmax(0,1fr)]">
      <StatusBadge look={LOOKS[gap.status]}>{gap.status}</StatusBadge>
      <span className="min-w-0 truncate tabular-nums" title={`${gap.since}\n${gap.until}`}>
        {moment(gap.since)}
        {" – "}
        {moment(gap.until)} <span className="text-muted-foreground">{t(`gaps.reason.${gap.reason}`)}</span>
      </span>
      <span className="text-muted-foreground tabular-nums small:col-start-2">
        {gap.status === "closed" ? (
          t("gaps.found", { ingested: gap.ingested, found: gap.found })
        ) : gap.nextAttemptAt && gap.attempts > 0 ? (
          <>
            {t("gaps.waitsUntil")} <TimeText at={gap.nextAttemptAt} show="moment" />
          </>
        ) : gap.status === "failed" ? (
          gap.error?.code
        ) : (
          t("gaps.running")
        )}
      </span>
    </li>
  );
}
