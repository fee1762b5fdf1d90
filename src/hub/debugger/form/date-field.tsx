"use client";

import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import { fromPicker, toPicker } from "../model/date-text.ts";
import type { ControlProps } from "./form-context.ts";

const EXAMPLES = { date: "2026-12-01", datetime: "2026-12-01T08:30:00Z", time: "08:30:00" } as const;
const PICKERS = { date: "date", datetime: "datetime-local", time: "time" } as const;

/** Written as it goes out, or picked in the browser's own calendar; a time is picked in the zone of who looks. */
export function DateField({ kind, id, value, invalid, change, label }: ControlProps & { kind: keyof typeof PICKERS }) {
  const t = useTranslations("debugger");
  const picker = useRef<HTMLInputElement>(null);
  const text = typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
  return (
    <InputGroup className="relative h-control-sm pr-1 pl-2">
      <BareInput
        id={id}
        name={id}
        value={text}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={`${id}-hint`}
        placeholder={EXAMPLES[kind]}
        autoComplete="off"
        spellCheck={false}
        className="font-mono text-xs"
        onChange={({ target }) => change(target.value === "" ? undefined : target.value)}
      />
      <button
        type="button"
        aria-label={t("form.pick", { name: label })}
        title={t("form.pick", { name: label })}
        onClick={() => picker.current?.showPicker()}
        className="grid size-5 place-items-center rounded-xs text-faint-foreground hit hover:text-foreground"
      >
        <Icon name="clock" className="size-3.5" />
      </button>
      <input
        ref={picker}
        type={PICKERS[kind]}
        step={kind === "date" ? undefined : 1}
        tabIndex={-1}
        aria-hidden="true"
        value={kind === "datetime" ? toPicker(text) : text}
        onChange={({ target }) => change((kind === "datetime" ? fromPicker(target.value) : target.value) || undefined)}
        className="pointer-events-none absolute right-0 bottom-0 size-0 opacity-0"
      />
    </InputGroup>
  );
}
