"use client";

import { useQueryClient } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { FieldMappingRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey, useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { Note } from "../../parts/note.tsx";
import { RefusedNote } from "../../parts/state/refused-note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { checkRules, type LocalIssue } from "./check-rules.ts";
import { RecordPane } from "./record-pane.tsx";
import { recordPaths } from "./record-paths.ts";
import { sourceNames } from "./rule-draft.ts";
import { RULE_GRID, RuleRow } from "./rule-row.tsx";
import { SaveBar } from "./save-bar.tsx";
import { usePreview } from "./use-preview.ts";
import { useRules } from "./use-rules.ts";
import { SAMPLE_SOURCES, useSamples } from "./use-samples.ts";
import { useTransformCheck } from "./use-transform-check.ts";
import { VersionsCard } from "./versions-card.tsx";

const DIRECTIONS = ["in", "out"] as const;

interface MappingEditorProps {
  readonly mapping: FieldMappingRecord;
  /** Nobody has saved it yet. */
  readonly fresh: boolean;
}

/** Which source field becomes which target field, tried on a real record while one types. */
export default function MappingEditor({ mapping, fresh }: MappingEditorProps) {
  const t = useTranslations("flows.fields");
  const toast = useToast();
  const queryClient = useQueryClient();
  const may = useMay("operator");
  const { name, tenant } = mapping;
  const [base, setBase] = useState(mapping);
  const [note, setNote] = useState("");
  const [refused, setRefused] = useState<KhotanApiError | null>(null);
  const [view, setView] = useQueryStates({
    from: parseAsStringLiteral(SAMPLE_SOURCES).withDefault("call"),
    plug: parseAsString,
    direction: parseAsStringLiteral(DIRECTIONS).withDefault("in"),
  });
  const { rules, changed, changes, change, remove, add, reset } = useRules(base.definition);
  const flows = useApi("listFlows", { query: {} }).data?.items ?? [];
  const plugs = useApi("listPlugs", { query: {} }).data?.items.map((plug) => plug.name) ?? [];
  const guess = flows.find(({ resource, name: flow }) => resource === (base.resource ?? name) || flow === name)?.plug;
  const plug = view.plug ?? guess ?? plugs[0] ?? null;
  // Of what is saved, not of what is typed: the record stays the same meanwhile.
  const wanted = useMemo(() => sourceNames(base.definition), [base.definition]);
  const samples = useSamples(view.from, plug, tenant, wanted, may);
  const record = samples.sample?.record ?? null;
  const paths = useMemo(() => recordPaths(record), [record]);
  const transformProblem = useTransformCheck();
  const checked = useMemo(() => checkRules(rules, transformProblem), [rules, transformProblem]);
  const preview = usePreview({
    name,
    tenant,
    rules: checked.rules,
    record,
    direction: view.direction,
    enabled: may,
  });
  const take = (now: FieldMappingRecord) => {
    queryClient.setQueryData(apiKey("getFieldMapping", { params: { name }, query: { tenant } }), now);
    for (const read of ["listFieldMappings", "listFieldMappingVersions"]) {
      void queryClient.invalidateQueries({ queryKey: [read] });
    }
    setBase(now);
    reset(now.definition);
    setNote("");
    setRefused(null);
  };
  const save = useAction("saveFieldMapping", {
    onDone: (now) => {
      take(now);
      toast.done(t("save.done", { name, version: now.version }), { id: `fields:${name}` });
    },
    onFailed: (error) => {
      setRefused(error);
      return true;
    },
  });
  useLeaveGuard(changes > 0);
  // Somebody else saved: what is on screen follows, unless one has begun to change it.
  const [seen, setSeen] = useState(mapping.version);
  if (mapping.version !== seen) {
    setSeen(mapping.version);
    if (changes === 0 && mapping.version !== base.version) {
      setBase(mapping);
      reset(mapping.definition);
    }
  }
  const overtaken = mapping.version > base.version && changes > 0;
  const input = {
    params: { name },
    query: { tenant },
    body: {
      definition: { fields: checked.rules.map(({ rule }) => rule) },
      version: base.version,
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    },
  };
  const words = (issue: LocalIssue) => (issue.why === "said" ? issue.message : t(`issue.${issue.why}`));
  const problems = rules.filter(({ key }) => checked.issues.has(key) || preview.issues.has(key)).length;
  const list = useRef<HTMLUListElement>(null);
  const onAdd = () => {
    add();
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  };
  const oneWay = rules.some(({ direction }) => direction !== "both");
  return (
    <>
      {fresh && (
        <Note look={RUN_LOOKS.pending}>
          <p className="text-xs text-pretty">{t("fresh")}</p>
        </Note>
      )}
      {overtaken && (
        <Note look={RUN_LOOKS.partial} role="status">
          <div className="flex flex-wrap items-center gap-2">
            <p className="min-w-0 flex-1 basis-60 text-xs text-pretty">
              {t("overtaken", { version: mapping.version, actor: mapping.actor ?? t("somebody") })}
            </p>
            <Button onClick={() => take(mapping)}>{t("takeTheirs", { version: mapping.version })}</Button>
            <Button onClick={() => setBase({ ...mapping, definition: base.definition })}>{t("keepMine")}</Button>
          </div>
        </Note>
      )}
      <RefusedNote error={refused} />
      <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-3 max-lg:grid-cols-1">
        <Card className="@container">
          <CardHeader>
            <CardTitle>{t("fields")}</CardTitle>
            <Tag variant="count">{rules.length}</Tag>
            <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground">
              {record === null ? t("noPreview") : preview.behind ? t("previewing") : t("previewed")}
            </span>
            {oneWay && (
              <Segmented
                value={view.direction}
                onValueChange={(direction) => void setView({ direction })}
                options={DIRECTIONS}
                label={t("direction.preview")}
              >
                {(option) => t(`direction.${option}`)}
              </Segmented>
            )}
          </CardHeader>
          {preview.error && (
            <p role="alert" className="border-b px-3 py-2 text-xs text-st-failed-fg">
              {t("previewFailed", { message: preview.error.message })}
            </p>
          )}
          <div
            aria-hidden="true"
            className={cn(RULE_GRID, "border-b bg-muted px-3 py-2 text-2xs text-muted-foreground @max-[760px]:hidden")}
          >
            <span>{t("column.source")}</span>
            <span>{t("column.transform")}</span>
            <span>{t("column.type")}</span>
            <span>{t("column.target")}</span>
            <span>{t("column.preview")}</span>
            <span />
          </div>
          {rules.length === 0 && <p className="px-3 py-3 text-xs text-muted-foreground">{t("noFields")}</p>}
          <ul ref={list} aria-label={t("fields")}>
            {rules.map((rule) => {
              const local = checked.issues.get(rule.key);
              const remote = preview.issues.get(rule.key);
              return (
                <RuleRow
                  key={rule.key}
                  draft={rule}
                  changed={changed.has(rule.key)}
                  paths={paths}
                  issue={local ? { ...local, message: words(local) } : (remote ?? null)}
                  preview={preview.fields.get(rule.key)}
                  previewing={record !== null}
                  disabled={!may}
                  onChange={change}
                  onRemove={remove}
                />
              );
            })}
          </ul>
          {may && (
            <div className="border-t px-3 py-2">
              <Button variant="ghost" onClick={onAdd}>
                <Icon name="plus" className="size-3.5" />
                {t("add")}
              </Button>
            </div>
          )}
        </Card>
        <RecordPane
          samples={samples}
          source={view.from}
          onSource={(from) => void setView({ from })}
          plug={plug}
          plugs={plugs}
          onPlug={(next) => void setView({ plug: next })}
          may={may}
        />
      </div>
      {!fresh && <VersionsCard mapping={base} onRestored={take} />}
      <SaveBar
        changes={changes}
        problems={problems}
        next={base.version + 1}
        note={note}
        onNote={setNote}
        pending={save.pending}
        onDiscard={() => {
          reset();
          setRefused(null);
        }}
        onSave={() => save.run(input)}
        curl={problems === 0 ? input : null}
      />
    </>
  );
}

/** The browser asks before it leaves what was not saved. */
function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
}
