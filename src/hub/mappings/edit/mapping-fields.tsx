"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { useApi } from "../../data/use-api.ts";
import type { MappingDraft, MappingProblem } from "./mapping-draft.ts";

interface MappingFieldsProps {
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
  readonly problem: MappingProblem | null;
}

/** Connect values, what the record is called at each plug, and metadata. */
export function MappingFields({ draft, onChange, problem }: MappingFieldsProps) {
  const t = useTranslations("mappings.edit");
  const id = useId();
  const [made, setMade] = useState(0);
  const registered = useApi("listPlugs", { query: {} }).data?.items.map(({ name }) => name) ?? [];
  const plugs = [...new Set([...registered, ...draft.refs.map(({ plug }) => plug).filter((plug) => plug !== "")])];
  const free = plugs.filter((name) => !draft.refs.some(({ plug }) => plug === name));
  const setRef = (key: string, part: { plug?: string; ref?: string }) =>
    onChange({ ...draft, refs: draft.refs.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const wrong = (at: MappingProblem["at"], name: string) => problem?.at === at && problem.name === name;
  return (
    <>
      {Object.entries(draft.connect).map(([field, value]) => (
        <label key={field} htmlFor={`${id}${field}`} className="grid gap-1">
          <span className="text-xs font-medium">{field}</span>
          <Input
            id={`${id}${field}`}
            value={value}
            className="font-mono text-xs"
            aria-invalid={wrong("connect", field) || undefined}
            onChange={(event) => onChange({ ...draft, connect: { ...draft.connect, [field]: event.target.value } })}
          />
        </label>
      ))}
      <fieldset className="grid gap-1.5">
        <legend className="pb-1 text-xs font-medium">{t("refs")}</legend>
        {draft.refs.map(({ key, plug, ref }) => (
          <div key={key} className="flex items-center gap-1.5">
            <div className="w-36 shrink-0">
              <Select
                aria-label={t("plug")}
                className="h-control"
                value={plug}
                aria-invalid={(wrong("refs", key) && problem?.why !== "empty") || undefined}
                onChange={(event) => setRef(key, { plug: event.target.value })}
              >
                {plugs
                  .filter((name) => name === plug || free.includes(name))
                  .map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
              </Select>
            </div>
            <Input
              aria-label={t("refAt", { plug })}
              value={ref}
              className="font-mono text-xs"
              aria-invalid={wrong("refs", key) || undefined}
              onChange={(event) => setRef(key, { ref: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("removeRef", { plug })}
              onClick={() => onChange({ ...draft, refs: draft.refs.filter((one) => one.key !== key) })}
            >
              <Icon name="x" className="size-3.5" />
            </Button>
          </div>
        ))}
        {free.length > 0 && (
          <Button
            variant="ghost"
            className="justify-self-start"
            onClick={() => {
              setMade(made + 1);
              onChange({ ...draft, refs: [...draft.refs, { key: `new${made}`, plug: free[0] ?? "", ref: "" }] });
            }}
          >
            <Icon name="plus" className="size-3.5" />
            {t("addRef")}
          </Button>
        )}
      </fieldset>
      <label htmlFor={`${id}metadata`} className="grid gap-1">
        <span className="text-xs font-medium">{t("metadata")}</span>
        <Textarea
          id={`${id}metadata`}
          rows={4}
          value={draft.metadata}
          placeholder="{}"
          aria-invalid={problem?.at === "metadata" || undefined}
          onChange={(event) => onChange({ ...draft, metadata: event.target.value })}
        />
      </label>
    </>
  );
}
