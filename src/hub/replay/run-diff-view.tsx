"use client";

import { useTranslations } from "use-intl";
import { Card } from "../../components/ui/card.tsx";
import { cn } from "../../components/ui/cn.ts";
import { Tag } from "../../components/ui/tag.tsx";
import type { CallDiff, CallDiffStatus, RunDiff } from "../../contract/index.ts";
import { MethodVerb } from "../parts/exchange/method-verb.tsx";
import { countCalls, shownValue, sortCalls } from "./diff-counts.ts";

const TAGS: Readonly<Record<CallDiffStatus, "soft" | "amber" | "red" | "line">> = {
  same: "soft",
  changed: "amber",
  missing: "red",
  added: "line",
};

/** Call by call, what one run sends that another did not. */
export function RunDiffView({ diff }: { diff: RunDiff }) {
  const t = useTranslations("replay");
  return (
    <section aria-label={t("calls")} className="flex min-w-0 flex-col gap-2">
      <p className="text-xs text-muted-foreground">
        {diff.calls.length === 0
          ? t("noCalls")
          : countCalls(diff.calls)
              .map(([status, count]) => t(`count.${status}`, { count }))
              .join(", ")}
        {diff.calls.length > 0 && diff.against !== null && !diff.againstKept && ` ${t("notKept")}`}
      </p>
      {sortCalls(diff.calls).map((call) => (
        <Call key={`${call.before?.exchangeId ?? ""}:${call.now?.exchangeId ?? ""}`} call={call} />
      ))}
    </section>
  );
}

function Call({ call }: { call: CallDiff }) {
  const t = useTranslations("replay");
  return (
    <Card className="min-w-0 overflow-hidden text-xs">
      <p className="flex items-center gap-2 bg-muted px-3 py-1.5 font-mono">
        <MethodVerb method={call.method} />
        <span className="min-w-0 flex-1 truncate" title={call.url}>
          {call.url}
        </span>
        {call.now?.synthetic && <Tag title={t("syntheticText")}>{t("synthetic")}</Tag>}
        <Tag variant={TAGS[call.status]}>{t(`status.${call.status}`)}</Tag>
      </p>
      {call.differences.length > 0 && (
        <table className="w-full table-fixed border-t font-mono">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("path")}</th>
              <th scope="col">{t("before")}</th>
              <th scope="col">{t("now")}</th>
            </tr>
          </thead>
          <tbody>
            {call.differences.map(({ path, before, now }) => (
              <tr key={path} className="align-top">
                <th
                  scope="row"
                  className="w-2/7 truncate px-3 py-1 text-left font-normal text-faint-foreground"
                  title={path}
                >
                  {path}
                </th>
                <Side tone="bg-diff-del" value={before} />
                <Side tone="bg-diff-add" value={now} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const Side = ({ tone, value }: { tone: string; value: unknown }) => (
  <td className={cn("px-2 py-1 [overflow-wrap:anywhere]", value !== undefined && tone)}>{shownValue(value)}</td>
);
