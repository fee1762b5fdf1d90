"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import type { AttemptRecord, DeliveryRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { StatusIcon } from "../../parts/status/status-icon.tsx";
import { attemptLook, DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatCountdown } from "../../parts/time/format-duration.ts";
import { formatClock, formatMoment } from "../../parts/time/format-time.ts";
import { HubLink } from "../../routing/hub-link.tsx";

const AttemptCompare = lazy(() => import("./attempt-compare.tsx"));

/** Every try of a delivery, its error, and when the next one is due. */
export function AttemptList({ delivery }: { delivery: DeliveryRecord }) {
  const t = useTranslations("events");
  const runId = delivery.runIds.at(-1);
  const run = useApi("getRun", { params: { id: runId ?? "" } }, { enabled: runId !== undefined });
  const attempts = run.data?.attemptLog ?? [];
  const [comparing, setComparing] = useState(false);
  return (
    <ol className="border-t bg-muted py-1 pr-3 pl-4.75 text-xs">
      {runId !== undefined && run.isPending && (
        <Line icon={<StatusIcon look={DELIVERY_LOOKS.pending} />}>
          <Skeleton className="w-48 bg-border" />
        </Line>
      )}
      {attempts.map((attempt, index) => (
        <Attempt
          key={`${attempt.no}:${attempt.startedAt}`}
          attempt={attempt}
          runId={runId ?? ""}
          followed={index < attempts.length - 1 || attempt.nextAttemptAt !== null}
        />
      ))}
      {run.error && <Line icon={<Icon name="warn" className="size-3.5" />}>{run.error.message}</Line>}
      {delivery.lastError && attempts.length === 0 && !run.isPending && (
        <Line icon={<StatusIcon look={DELIVERY_LOOKS[delivery.status]} />}>
          <span className="min-w-0 flex-1 truncate">{delivery.lastError.message}</span>
        </Line>
      )}
      <NextStep delivery={delivery} />
      {attempts.length > 1 && (
        <li>
          <Button variant="link" size="text" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {t("attempts.compare")}
          </Button>
          {comparing && runId !== undefined && (
            <Suspense>
              <AttemptCompare key={attempts.length} runId={runId} attempts={attempts} />
            </Suspense>
          )}
        </li>
      )}
      {attempts.length === 0 && runId === undefined && delivery.held === null && !delivery.nextAttemptAt && (
        <Line icon={<StatusIcon look={DELIVERY_LOOKS[delivery.status]} />}>
          <span className="text-muted-foreground">{t(`deliveries.idle.${delivery.status}`)}</span>
        </Line>
      )}
    </ol>
  );
}

function Attempt({ attempt, runId, followed }: { attempt: AttemptRecord; runId: string; followed: boolean }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const { error } = attempt;
  return (
    <Line icon={<StatusIcon look={attemptLook(attempt.status, followed)} />}>
      <b className="tabular-nums">{t("deliveries.number", { number: attempt.no })}</b>
      <span className="text-muted-foreground tabular-nums">
        {formatClock(Date.parse(attempt.startedAt), locale, { ms: true })}
      </span>
      <span className="min-w-0 flex-1 truncate" title={error?.message}>
        {error ? error.message : attempt.status}
      </span>
      <HubLink to={`/runs/${runId}`} className="rounded-xs font-medium text-primary-text hover:underline">
        {t("deliveries.run")}
      </HubLink>
    </Line>
  );
}

function NextStep({ delivery }: { delivery: DeliveryRecord }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const now = useNow();
  const retry = useAction("retryDelivery");
  const button = (label: string) => (
    <ActionButton
      needs="operator"
      variant="link"
      size="text"
      pending={retry.pending}
      onClick={() => retry.run({ params: { id: delivery.id } })}
    >
      {label}
    </ActionButton>
  );
  if (delivery.held) {
    return (
      <Line icon={<Icon name="pause" className="size-3.5 text-faint-foreground" />}>
        <span className="flex-1">{t(`deliveries.held.${delivery.held}`)}</span>
      </Line>
    );
  }
  if (delivery.status === "failed" && delivery.nextAttemptAt) {
    const due = Date.parse(delivery.nextAttemptAt);
    return (
      <Line icon={<Icon name="clock" className="size-3.5 text-st-retry" />}>
        <b className="tabular-nums">{t("deliveries.number", { number: delivery.attempts + 1 })}</b>
        <span className="tabular-nums">{formatMoment(due, now, locale)}</span>
        <span className="flex-1 text-muted-foreground tabular-nums">
          {due > now ? t("deliveries.in", { time: formatCountdown(due - now) }) : t("deliveries.due")}
        </span>
        {button(t("deliveries.tryNow"))}
      </Line>
    );
  }
  if (delivery.status !== "dead" && delivery.status !== "cancelled") return null;
  return (
    <Line icon={<StatusIcon look={DELIVERY_LOOKS[delivery.status]} />}>
      <span className="flex-1">
        {delivery.status === "dead" ? t("deliveries.gaveUp", { count: delivery.attempts }) : t("deliveries.cancelled")}
      </span>
      {button(t("deliveries.deliverAgain"))}
    </Line>
  );
}

/** One line of the ladder; a thin line leads to the next. */
function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li
      className={cn(
        "relative flex min-h-7 items-center gap-2 small:min-h-9",
        "before:absolute before:top-5.5 before:left-[6.5px] before:h-3 before:w-px before:bg-border-strong last:before:hidden",
      )}
    >
      {icon}
      {children}
    </li>
  );
}
