"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../../components/ui/input.tsx";
import type { VariableInputProps } from "./variable-input.tsx";

/** A stored secret shows its last characters at most; a new one can be looked at while it is typed. */
export function SecretInput({
  id,
  field,
  state,
  editable,
  invalid,
  hintId,
  value,
}: VariableInputProps & { value: string }) {
  const t = useTranslations("plugs");
  const [visible, setVisible] = useState(false);
  const drafted = field.key in state.draft;
  const replacing = state.replacing.has(field.key);
  if ((field.set && !replacing) || (drafted && state.draft[field.key] === null)) {
    const tail = typeof field.value === "string" ? field.value.replace(/^[•*·]+/, "") : "";
    return (
      <div
        id={id}
        className="flex h-control-sm items-center gap-2 rounded-sm border border-input bg-card px-2 font-mono text-xs shadow-xs"
      >
        <Icon name="lock" className="size-3 text-faint-foreground" />
        <span aria-hidden="true" className="flex-1 tracking-[.06em]">
          {"•".repeat(12)}
        </span>
        <span className="sr-only">{t("variables.hidden")}</span>
        <span>{tail}</span>
      </div>
    );
  }
  return (
    <InputGroup className="h-control-sm px-2 font-mono text-xs">
      <BareInput
        id={id}
        name={field.key}
        type={visible || state.made.has(field.key) ? "text" : "password"}
        // Secrets of other people's services are no business of a password manager.
        autoComplete="off"
        data-1p-ignore=""
        data-lpignore="true"
        spellCheck={false}
        disabled={!editable}
        aria-invalid={invalid || undefined}
        aria-describedby={hintId}
        autoFocus={replacing}
        placeholder={t(field.set ? "variables.newValue" : "variables.enter")}
        value={value}
        onChange={({ target }) => state.change(field, target.value)}
      />
      {value === "" && editable && (
        <button
          type="button"
          aria-label={t("variables.make", { label: field.label })}
          title={t("variables.make", { label: field.label })}
          onClick={() => state.make(field)}
          className="rounded-xs text-faint-foreground hit hover:text-foreground"
        >
          <Icon name="key" className="size-3.5" />
        </button>
      )}
      {value !== "" && !state.made.has(field.key) && (
        <button
          type="button"
          aria-label={t(visible ? "variables.hide" : "variables.reveal")}
          onClick={() => setVisible(!visible)}
          className="rounded-xs text-faint-foreground hit hover:text-foreground"
        >
          <Icon name={visible ? "eye-off" : "eye"} className="size-3.5" />
        </button>
      )}
    </InputGroup>
  );
}
