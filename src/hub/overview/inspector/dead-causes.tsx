"use client";

import { useLocale, useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import type { DeadLetterGroup } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { StatusIcon } from "../../parts/status/status-icon.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatAge } from "../../parts/time/format-time.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { HubLink } from "../../routing/hub-link.tsx";

/** A handler's dead letters by cause, and the way to have them tried again. */
export function DeadCauses({ handlerId }: { handlerId: string }) {
  const t = useTranslations("overview.inspect");
  const locale = useLocale();
  const now = useNow();
  const toast = useToast();
  const letters = useApi("listDeadLetters", { query: { handler: handlerId } });
  const { data } = letters;
  const redrive = useAction("retryDeliveries", {
    onDone: ({ count }) => toast.done(t("redriving", { count }), { id: `redrive:${handlerId}` }),
  });
  const groups = data?.items ?? [];
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return <FailedLine title={t("deadFailed")} of={letters} />;
  const oldest = groups.map(({ firstAt }) => firstAt).sort()[0];
  const body = { filter: { handler: handlerId }, dryRun: false };
  return (
    <section className="flex flex-col gap-2 rounded-md border border-st-dead-line bg-st-dead-bg p-3">
      <header className="flex items-center gap-2">
        <StatusIcon look={DELIVERY_LOOKS.dead} />
        <h3 className="flex-1 font-semibold">{t("deadLetters", { count })}</h3>
        {oldest && (
          <time dateTime={oldest} className="text-xs text-muted-foreground">
            {t("oldest", { age: formatAge(Date.parse(oldest), now, locale) })}
          </time>
        )}
      </header>
      <ul className="divide-y divide-st-dead-line">
        {groups.slice(0, 4).map((group) => (
          <li key={group.fingerprint}>
            <Cause group={group} />
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-2">
        <ActionButton
          needs="operator"
          variant="primary"
          icon="retry"
          pending={redrive.pending}
          onClick={() => redrive.run({ body })}
        >
          {t("retryDead", { count })}
        </ActionButton>
        <span className="flex-1" />
        <CopyCurl name="retryDeliveries" input={{ body }} compact />
      </div>
    </section>
  );
}

function Cause({ group }: { group: DeadLetterGroup }) {
  return (
    <HubLink
      to={`/events/dead?handler=${group.handlerId}`}
      className="flex items-center gap-3 rounded-xs py-2 focus-inset hover:underline"
    >
      <span className="w-7 shrink-0 text-right font-semibold tabular-nums">{group.count}</span>
      <span className="min-w-0 flex-1 leading-4.5">
        <span className="block truncate font-mono text-xs">{group.code}</span>
        <span className="line-clamp-2 text-xs text-muted-foreground">{group.hint ?? group.message}</span>
      </span>
      <Icon name="chevron-right" className="size-3.5 text-muted-foreground" />
    </HubLink>
  );
}
