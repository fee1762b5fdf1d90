"use client";

import { Input } from "../../../components/ui/input.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Switch } from "../../../components/ui/switch.tsx";
import type { VariableField } from "../../../contract/index.ts";
import { SecretInput } from "./secret-input.tsx";
import type { DraftState } from "./use-draft.ts";

export interface VariableInputProps {
  readonly id: string;
  readonly field: VariableField;
  readonly state: DraftState;
  readonly editable: boolean;
  readonly invalid: boolean;
  readonly hintId: string;
}

/** The control that fits the type of a variable. */
export function VariableInput(props: VariableInputProps) {
  const { id, field, state, editable, invalid, hintId } = props;
  const drafted = field.key in state.draft;
  const value = drafted ? state.draft[field.key] : field.secret ? null : field.value;
  const common = {
    id,
    name: field.key,
    disabled: !editable,
    "aria-invalid": invalid || undefined,
    "aria-describedby": hintId,
  };
  if (field.secret) return <SecretInput {...props} value={typeof value === "string" ? value : ""} />;
  if (field.type === "boolean") {
    return <Switch {...common} checked={value === true} onCheckedChange={(checked) => state.change(field, checked)} />;
  }
  if (field.type === "select") {
    const options = field.options ?? [];
    const chosen = typeof value === "string" ? value : "";
    if (options.length <= 3) {
      return (
        <div>
          <Segmented
            value={chosen}
            disabled={!editable}
            onValueChange={(next) => state.change(field, next)}
            options={options.map((option) => option.value)}
            label={field.label}
          >
            {(option) => options.find((entry) => entry.value === option)?.label ?? option}
          </Segmented>
        </div>
      );
    }
    return (
      <Select {...common} value={chosen} onChange={(event) => state.change(field, event.target.value)}>
        {!field.required && <option value="" />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      {...common}
      value={value === null || value === undefined ? "" : String(value)}
      inputMode={field.type === "number" ? "decimal" : field.type === "url" ? "url" : "text"}
      autoComplete="off"
      spellCheck={false}
      placeholder={field.defaultValue === undefined ? undefined : String(field.defaultValue)}
      className="h-control-sm px-2 font-mono text-xs"
      onChange={({ target }) => {
        const asNumber = Number(target.value.trim());
        const isNumber = field.type === "number" && target.value.trim() !== "" && !Number.isNaN(asNumber);
        state.change(field, isNumber ? asNumber : target.value);
      }}
    />
  );
}
