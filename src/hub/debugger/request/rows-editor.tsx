"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Input } from "../../../components/ui/input.tsx";
import type { Row } from "../model/draft.ts";

interface RowsEditorProps {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  readonly label: string;
  /** Names that the schema asks for and that have no value. */
  readonly missing?: readonly string[];
  readonly add: string;
}

/** Names and values, line by line. */
export function RowsEditor({ rows, onChange, label, missing = [], add }: RowsEditorProps) {
  const t = useTranslations("debugger");
  const put = (at: number, part: Partial<Row>) =>
    onChange(rows.map((row, other) => (other === at ? { ...row, ...part } : row)));
  return (
    <fieldset aria-label={label} className="flex flex-col gap-1.5">
      {rows.map((row, at) => {
        const lacks = missing.some((name) => name.toLowerCase() === row.name.toLowerCase());
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
          <div key={at} className="flex items-center gap-1.5">
            <Input
              value={row.name}
              aria-label={t("rows.name", { number: at + 1 })}
              placeholder={t("rows.namePlaceholder")}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => put(at, { name: target.value })}
              className="h-control-sm max-w-44 flex-1 font-mono text-xs"
            />
            <Input
              value={row.value}
              aria-label={t("rows.value", { name: row.name || String(at + 1) })}
              aria-invalid={lacks || undefined}
              placeholder={lacks ? t("rows.required") : t("rows.valuePlaceholder")}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => put(at, { value: target.value })}
              className="h-control-sm flex-[2] font-mono text-xs"
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("rows.remove", { name: row.name || String(at + 1) })}
              onClick={() => onChange(rows.filter((_, other) => other !== at))}
            >
              <Icon name="x" className="size-3.5" />
            </Button>
          </div>
        );
      })}
      <Button
        variant="ghost"
        className="self-start px-1.5"
        onClick={() => onChange([...rows, { name: "", value: "" }])}
      >
        <Icon name="plus" className="size-3.5" />
        {add}
      </Button>
    </fieldset>
  );
}
