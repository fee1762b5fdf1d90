"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import type { EventDetail } from "../../../contract/index.ts";
import { useMay } from "../../data/use-overview.ts";
import { BodyView } from "./body-view.tsx";

const VIEWS = ["text", "json", "hex"] as const;

/** The request as it came: line, headers, and the exact bytes. */
export function RawRequest({ event }: { event: EventDetail }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const hasJson = typeof event.payload === "object" && event.payload !== null;
  const [chosen, setView] = useQueryState("body", parseAsStringLiteral(VIEWS));
  const mayReadBytes = useMay("operator");
  const view = mayReadBytes ? (chosen ?? (hasJson ? "json" : "text")) : "json";
  return (
    <section>
      <div className="flex min-h-8 flex-wrap items-center gap-2 pb-1.5">
        <h3 className="font-semibold">{t("raw.title")}</h3>
        <span className="flex-1 text-xs text-muted-foreground tabular-nums">
          {t(event.bodyAvailable ? "raw.kept" : "raw.gone", {
            count: new Intl.NumberFormat(locale).format(event.size),
          })}
        </span>
        <Segmented
          value={view}
          onValueChange={(next) => void setView(next)}
          options={mayReadBytes ? VIEWS : ["json"]}
          label={t("raw.view")}
        >
          {(option) => t(`raw.as.${option}`)}
        </Segmented>
      </div>
      <RequestHead event={event} />
      <BodyView event={event} view={view} />
      {!mayReadBytes && <p className="pt-1.5 text-xs text-muted-foreground">{t("raw.needsOperator")}</p>}
    </section>
  );
}

const SHOWN = 4;

function RequestHead({ event }: { event: EventDetail }) {
  const t = useTranslations("events");
  const [all, setAll] = useState(false);
  const headers = sortHeaders(event.headers);
  const rest = headers.slice(SHOWN);
  const redacted = rest.filter(([, value]) => value.includes("[redacted]")).length;
  return (
    <Card className="overflow-hidden font-mono text-xs">
      <p className="truncate border-b bg-muted px-3 py-1.75">
        <span className="text-2xs font-semibold text-st-succeeded-fg">{event.method}</span> {event.path}
      </p>
      <dl className="py-1">
        {(all ? headers : headers.slice(0, SHOWN)).map(([name, value]) => (
          <div key={name} className="grid min-h-6 grid-cols-[130px_minmax(0,1fr)] items-baseline gap-3 px-3 py-0.5">
            <dt className="truncate text-faint-foreground" title={name}>
              {name}
            </dt>
            <dd className={value === "[redacted]" ? "text-faint-foreground" : "[overflow-wrap:anywhere]"}>{value}</dd>
          </div>
        ))}
      </dl>
      {rest.length > 0 && !all && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="w-full px-3 pb-1.5 text-left font-sans text-xs font-medium text-primary-text focus-inset hover:underline"
        >
          {t("raw.moreHeaders", { count: rest.length, redacted })}
        </button>
      )}
    </Card>
  );
}

/** What tells most comes first: content type, signatures, the sender; then the alphabet. */
function sortHeaders(headers: EventDetail["headers"]): [string, string][] {
  const rank = (name: string) =>
    name === "content-type"
      ? 0
      : /signature|hmac/.test(name)
        ? 1
        : name === "user-agent"
          ? 2
          : /event|delivery|topic|id$/.test(name)
            ? 3
            : 4;
  return Object.entries(headers).toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}
