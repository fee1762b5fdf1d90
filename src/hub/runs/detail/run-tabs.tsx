"use client";

import { Tabs } from "radix-ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { ExchangeRecord, LogLevel, RunDetail } from "../../../contract/index.ts";
import { isFinalRun, LOG_LEVELS } from "../../../contract/statuses.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { filterLines, joinLines } from "./log-lines.ts";
import { RunExchanges } from "./run-exchanges.tsx";
import { RunLog } from "./run-log.tsx";
import { useRunStream } from "./use-run-stream.ts";

const JsonTree = lazy(async () => ({ default: (await import("../../parts/code/json-tree.tsx")).JsonTree }));

export const RUN_TABS = ["log", "exchanges", "result"] as const;
export type RunTab = (typeof RUN_TABS)[number];

interface RunTabsProps {
  readonly run: RunDetail;
  readonly exchanges: readonly ExchangeRecord[];
  readonly attempt: number | null;
  readonly tab: RunTab;
  readonly onTab: (tab: RunTab) => void;
}

/** The log as it is written, the calls that were made, and what came out. */
export function RunTabs({ run, exchanges, attempt, tab, onTab }: RunTabsProps) {
  const t = useTranslations("runs");
  const live = !isFinalRun(run.status);
  const [text, setText] = useState("");
  const [level, setLevel] = useState<LogLevel>("debug");
  const since = useRunStream(run.id, live);
  const lines = joinLines(run.logs, since);
  const shown = filterLines(lines, { text, attempt, level });
  return (
    <Card>
      <Tabs.Root value={tab} onValueChange={(next) => onTab(RUN_TABS.find((name) => name === next) ?? "log")}>
        <header className="flex min-h-9.5 items-center gap-3 border-b px-3 small:flex-wrap small:pb-2">
          <Tabs.List className="flex gap-4.5 self-stretch" aria-label={t("tabs")}>
            <TabHead value="log">
              {t("log.title")}
              <Tag variant="count">{lines.length}</Tag>
            </TabHead>
            <TabHead value="exchanges">
              {t("exchanges.title")}
              <Tag variant="count">{exchanges.length}</Tag>
            </TabHead>
            <TabHead value="result">{t("result.title")}</TabHead>
          </Tabs.List>
          <span className="flex-1" />
          {tab === "log" && lines.length > 0 && (
            <div className="w-28 small:w-32">
              <Select
                aria-label={t("log.level")}
                value={level}
                onChange={(event) => setLevel(LOG_LEVELS.find((one) => one === event.target.value) ?? "debug")}
              >
                {LOG_LEVELS.map((option) => (
                  <option key={option} value={option}>
                    {t("log.from", { level: option })}
                  </option>
                ))}
              </Select>
            </div>
          )}
          {tab === "log" && lines.length > 0 && (
            <InputGroup className="h-control-sm w-44 px-2 text-xs small:min-w-0 small:flex-1">
              <Icon name="search" className="size-3.5" />
              <BareInput
                type="search"
                aria-label={t("log.filter")}
                placeholder={t("log.filter")}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </InputGroup>
          )}
        </header>
        <Tabs.Content value="log" className="outline-none">
          {shown.length > 0 ? (
            <RunLog lines={shown} live={live} />
          ) : (
            <p className="px-3 py-3 text-xs text-muted-foreground">
              {lines.length > 0 ? t("log.noMatch") : t(live ? "log.waiting" : "log.empty")}
            </p>
          )}
        </Tabs.Content>
        <Tabs.Content value="exchanges" className="outline-none">
          <RunExchanges exchanges={exchanges} attempts={run.attempts} />
        </Tabs.Content>
        <Tabs.Content value="result" className="relative px-2 py-2.5 outline-none">
          {run.result === null || run.result === undefined ? (
            <p className="px-1 text-xs text-muted-foreground">{t(live ? "result.waiting" : "result.empty")}</p>
          ) : (
            <Suspense>
              <CopyButton
                className="absolute top-1 right-1 z-10"
                label={t("result.copy")}
                text={() => JSON.stringify(run.result, null, 2)}
              />
              <JsonTree value={run.result} label={t("result.title")} />
            </Suspense>
          )}
        </Tabs.Content>
      </Tabs.Root>
    </Card>
  );
}

function TabHead({ value, children }: { value: RunTab; children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px inline-flex h-9.5 items-center gap-1.5 border-b-[1.5px] border-transparent font-medium text-muted-foreground focus-inset hover:text-foreground data-[state=active]:border-foreground data-[state=active]:text-foreground"
    >
      {children}
    </Tabs.Trigger>
  );
}
