"use client";

import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { ExchangeDetail } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { debuggerPath } from "../../routing/debugger-path.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { CodeBlock } from "../code/code-block.tsx";
import { TextView } from "../code/text-view.tsx";
import { formatBytes } from "../format-number.ts";
import { SheetSkeleton } from "../sheet/sheet-skeleton.tsx";
import { ErrorState } from "../state/error-state.tsx";
import { formatDuration } from "../time/format-duration.ts";

/** What was sent and what came back. Secrets are redacted before they leave the server. */
export function ExchangeDetailView({ id }: { id: string }) {
  const t = useTranslations("exchange");
  const may = useMay("operator");
  const { data, error, refetch } = useApi("getExchange", { params: { id } }, { enabled: may });
  if (!may) return <p className="px-3 py-3 text-xs text-muted-foreground">{t("needsOperator")}</p>;
  if (error && !data)
    return <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} className="m-3" />;
  if (!data) return <SheetSkeleton label={t("loading")} />;
  return (
    <div className="flex flex-col gap-3 bg-muted/50 p-3">
      {data.error && <p className="text-xs text-st-failed-fg">{data.error.message}</p>}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Timing timing={data.timing} />
        <Button asChild className="ml-auto">
          <HubLink to={`${debuggerPath(data.plug)}?exchange=${data.id}&tenant=${data.tenant}`}>
            <Icon name="debugger" className="size-3.5" />
            {t("openInDebugger")}
          </HubLink>
        </Button>
      </div>
      <Half title={t("request")} headers={data.requestHeaders} body={data.requestBody} />
      <Half title={t("response")} headers={data.responseHeaders} body={data.responseBody} />
      <CodeBlock text={data.curl} label={t("copyCurl")} />
    </div>
  );
}

const PHASES = ["dnsMs", "connectMs", "tlsMs", "firstByteMs", "totalMs"] as const;

function Timing({ timing }: { timing: ExchangeDetail["timing"] }) {
  const t = useTranslations("exchange");
  const locale = useLocale();
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs tabular-nums">
      {PHASES.map((phase) => {
        const ms = timing[phase];
        return ms === null ? null : (
          <div key={phase} className="flex gap-1.5">
            <dt className="text-muted-foreground">{t(`phase.${phase}`)}</dt>
            <dd>{formatDuration(ms, locale)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

interface HalfProps {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ExchangeDetail["requestBody"];
}

function Half({ title, headers, body }: HalfProps) {
  const t = useTranslations("exchange");
  const locale = useLocale();
  const json = /json/.test(headers["content-type"] ?? "");
  return (
    <section>
      <h3 className="flex gap-2 pb-1.5 text-xs">
        <b>{title}</b>
        <span className="text-muted-foreground">{body ? formatBytes(body.size, locale) : t("noBody")}</span>
      </h3>
      <dl className="rounded-md border bg-card py-1 font-mono text-xs">
        {Object.entries(headers).map(([name, value]) => (
          <div key={name} className="grid grid-cols-[130px_minmax(0,1fr)] gap-3 px-3 py-0.5">
            <dt className="truncate text-faint-foreground" title={name}>
              {name}
            </dt>
            <dd className={value === "[redacted]" ? "text-faint-foreground" : "[overflow-wrap:anywhere]"}>{value}</dd>
          </div>
        ))}
      </dl>
      {body?.text && (
        <div className="pt-2">
          <TextView text={body.text} json={json} />
        </div>
      )}
      {body?.truncated && <p className="pt-1 text-xs text-muted-foreground">{t("truncated")}</p>}
    </section>
  );
}
