"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { JsonTree } from "../../parts/code/json-tree.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { SAMPLE_SOURCES, type SampleSource, type SampleState } from "./use-samples.ts";

interface RecordPaneProps {
  readonly samples: SampleState;
  readonly source: SampleSource;
  readonly onSource: (source: SampleSource) => void;
  readonly plug: string | null;
  readonly plugs: readonly string[];
  readonly onPlug: (plug: string) => void;
  readonly may: boolean;
}

/** The record that the rules are tried on: a real one, or one that was typed. */
export function RecordPane({ samples, source, onSource, plug, plugs, onPlug, may }: RecordPaneProps) {
  const t = useTranslations("flows.fields.record");
  const id = useId();
  const { sample, index, count, loading, error, next, typed, setTyped, problem } = samples;
  return (
    <Card className="flex min-h-0 flex-col">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground tabular-nums">
          {count > 1 && t("place", { place: index + 1, count })}
        </span>
        {count > 1 && (
          <Button onClick={next}>
            <Icon name="retry" className="size-3.5" />
            {t("next")}
          </Button>
        )}
      </CardHeader>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <Segmented value={source} onValueChange={onSource} options={SAMPLE_SOURCES} label={t("source")} disabled={!may}>
          {(option) => t(`from.${option}`)}
        </Segmented>
        {source !== "typed" && plugs.length > 0 && (
          <div className="w-32 min-w-0 flex-1">
            <Select aria-label={t("plug")} value={plug ?? ""} onChange={(event) => onPlug(event.target.value)}>
              {plugs.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
        )}
        {sample?.of && (
          <IdChip id={sample.of} short {...(sample.of.startsWith("evt") && { to: `/events/${sample.of}` })} />
        )}
      </div>
      {source === "typed" && (
        <div className="grid gap-1 border-b p-3">
          <label htmlFor={`${id}typed`} className="text-xs font-medium">
            {t("paste")}
          </label>
          <Textarea
            id={`${id}typed`}
            rows={6}
            value={typed}
            placeholder="{}"
            aria-invalid={problem !== null || undefined}
            aria-describedby={`${id}wrong`}
            onChange={(event) => setTyped(event.target.value)}
          />
          <p id={`${id}wrong`} className="text-xs text-st-failed-fg empty:hidden">
            {problem && t("notJson", { message: problem })}
          </p>
        </div>
      )}
      {error && <ErrorState title={t("failed")} error={error} className="m-3" />}
      {loading && may && (
        <div role="status" aria-label={t("loading")} className="flex flex-col gap-2.5 p-3">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-3/5" />
          <Skeleton className="w-1/2" />
        </div>
      )}
      {!loading && !sample && !error && source !== "typed" && (
        <p className="p-3 text-xs text-pretty text-muted-foreground">
          {may ? t(source === "call" ? "noCalls" : "noEvents", { plug: plug ?? "" }) : t("needsOperator")}
        </p>
      )}
      {sample && (
        <div className="scroll-quiet min-h-0 flex-1 overflow-auto px-2 py-2">
          <JsonTree value={sample.record} label={t("title")} />
        </div>
      )}
    </Card>
  );
}
