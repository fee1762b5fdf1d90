"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Segmented } from "../../../components/ui/segmented.tsx";
import type { DebugAnswer } from "../../../contract/index.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { LiveSentence } from "../../parts/state/live-sentence.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import type { ANSWER_TABS } from "../debugger-view.ts";
import { jsonDiff } from "../model/json-diff.ts";
import { TabList } from "../tab-list.tsx";
import type { Sending } from "../use-sending.ts";
import { AnswerBody, bodyText } from "./answer-body.tsx";
import { AnswerDiff } from "./answer-diff.tsx";
import { answerLook, statusText } from "./answer-look.ts";
import { AnswerProblem } from "./answer-problem.tsx";
import { HeaderList } from "./header-list.tsx";
import { SchemaCompare } from "./schema-compare.tsx";
import { TimingBars } from "./timing-bars.tsx";

type Tab = (typeof ANSWER_TABS)[number];

interface ResponsePaneProps {
  readonly answer: DebugAnswer | null;
  readonly previous: DebugAnswer | null;
  readonly sending: Sending | undefined;
  /** Why the call that the address names cannot be shown. */
  readonly failed: Error | null;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly as: "tree" | "raw";
  readonly onAs: (as: "tree" | "raw") => void;
}

/** Above this, the difference is worked out only when its tab is open. */
const DIFF_AT_ONCE = 1_000_000;

/** What came back. */
export function ResponsePane({ answer, previous, sending, failed, tab, onTab, as, onAs }: ResponsePaneProps) {
  const t = useTranslations("debugger");
  const locale = useLocale();
  const response = answer?.response ?? null;
  const before = previous?.response ?? null;
  const wantsDiff = tab === "diff" || (response?.size ?? 0) + (before?.size ?? 0) < DIFF_AT_ONCE;
  const diff = useMemo(
    () =>
      wantsDiff && response?.kind === "json" && before?.kind === "json" ? jsonDiff(before.body, response.body) : null,
    [wantsDiff, response, before],
  );
  return (
    <section
      aria-label={t("response")}
      aria-busy={sending?.state === "sending" || undefined}
      className="flex min-h-0 min-w-0 flex-[1.02] flex-col max-lg:flex-none max-lg:border-t"
    >
      <LiveSentence>{sentence()}</LiveSentence>
      {failed && <ErrorState title={t("answer.exchangeFailed")} error={failed} className="m-4" />}
      {sending?.state === "refused" && <ErrorState title={t("answer.refused")} error={sending.error} className="m-4" />}
      {sending?.state === "cancelled" && (
        <p className="px-4 pt-4 text-xs text-muted-foreground">{t("answer.cancelled")}</p>
      )}
      {!answer && !failed && sending?.state !== "refused" && (
        <div className="p-4">
          <EmptyState
            title={t(sending?.state === "sending" ? "answer.onItsWay" : "answer.nothing")}
            text={sending?.state === "sending" ? t("answer.onItsWayText") : t("answer.nothingText")}
          />
        </div>
      )}
      {answer && (
        <div
          className={
            sending?.state === "sending"
              ? "flex min-h-0 flex-1 flex-col opacity-60 transition-opacity duration-160"
              : "flex min-h-0 flex-1 flex-col"
          }
        >
          <header className="flex min-h-14 items-center gap-2.5 py-2 pr-2.5 pl-4 small:flex-wrap">
            {response ? (
              <StatusBadge look={answerLook(response.status)} boxed>
                {statusText(response.status)}
              </StatusBadge>
            ) : (
              <StatusBadge look={RUN_LOOKS.failed} boxed>
                {t("answer.noAnswer")}
              </StatusBadge>
            )}
            {response && (
              <span className="flex gap-2.5 text-xs whitespace-nowrap text-muted-foreground tabular-nums">
                <span>{formatDuration(response.timing.totalMs, locale)}</span>
                <span>{formatBytes(response.size, locale)}</span>
              </span>
            )}
            <span className="ml-auto flex min-w-0 items-center gap-1.5 text-xs text-muted-foreground">
              {answer.exchangeId && (
                <>
                  <span className="whitespace-nowrap">{t("answer.keptAs")}</span>
                  <IdChip id={answer.exchangeId} short />
                </>
              )}
              <CopyButton icon="code" text={answer.request.curl} label={t("answer.copyCurl")} />
            </span>
          </header>
          {answer.error && <AnswerProblem error={answer.error} />}
          {response && <TimingBars timing={response.timing} />}
          {response && (
            <>
              <TabList
                label={t("tabs.response")}
                tabs={[
                  { id: "body", label: t("tabs.body") },
                  { id: "headers", label: t("tabs.headers"), count: Object.keys(response.headers).length },
                  { id: "diff", label: t("tabs.diff"), count: diff?.changes.length ?? 0 },
                ]}
                current={tab}
                onChange={onTab}
              >
                {tab === "body" && response.kind === "json" && (
                  <Segmented value={as} onValueChange={onAs} options={["tree", "raw"]} label={t("as.label")}>
                    {(option) => t(`as.${option}`)}
                  </Segmented>
                )}
                <CopyButton text={() => bodyText(response)} label={t("answer.copyBody")} />
              </TabList>
              <div
                role="tabpanel"
                aria-label={t(`tabs.${tab}`)}
                className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-auto max-lg:overflow-visible"
              >
                {tab === "body" && <AnswerBody response={response} as={as} />}
                {tab === "headers" && <HeaderList headers={response.headers} />}
                {tab === "diff" && <AnswerDiff diff={diff} />}
              </div>
              {answer.compare && <SchemaCompare key={answer.exchangeId} compare={answer.compare} />}
            </>
          )}
        </div>
      )}
    </section>
  );

  function sentence(): string {
    if (sending?.state === "sending") return t("answer.onItsWay");
    if (sending?.state !== "done" || !answer) return "";
    return response
      ? t("answer.said", { status: statusText(response.status), time: formatDuration(response.timing.totalMs, locale) })
      : t("answer.noAnswer");
  }
}
