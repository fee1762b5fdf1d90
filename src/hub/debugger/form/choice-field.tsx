"use client";

import { useTranslations } from "use-intl";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { sameJson } from "../model/schema.ts";
import type { ControlProps } from "./form-context.ts";

const UNSET = "unset";
const textOf = (option: unknown): string => (typeof option === "string" ? option : JSON.stringify(option));

/** A few short options stand side by side; more are a select. What is optional can be left out. */
export function ChoiceField({
  options,
  required,
  id,
  value,
  invalid,
  change,
  label,
}: ControlProps & { options: readonly unknown[] }) {
  const t = useTranslations("debugger");
  const chosen = options.findIndex((option) => sameJson(option, value));
  const keys = options.map((_, at) => String(at));
  const current = chosen >= 0 ? String(chosen) : UNSET;
  const choose = (key: string) => change(key === UNSET ? undefined : options[Number(key)]);
  const width = options.reduce<number>((sum, option) => sum + textOf(option).length + 3, required ? 0 : 10);
  if (options.length <= 4 && width <= 44 && (chosen >= 0 || value === undefined)) {
    return (
      <Segmented
        value={current}
        onValueChange={choose}
        options={required ? keys : [UNSET, ...keys]}
        label={label}
        className="max-w-full overflow-x-auto no-scrollbar"
      >
        {(key) => (key === UNSET ? t("form.notSet") : textOf(options[Number(key)]))}
      </Segmented>
    );
  }
  return (
    <Select
      id={id}
      name={id}
      value={chosen >= 0 ? current : value === undefined ? UNSET : "other"}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={`${id}-hint`}
      onChange={({ target }) => choose(target.value)}
    >
      <option value={UNSET}>{t("form.notSet")}</option>
      {chosen < 0 && value !== undefined && <option value="other">{textOf(value)}</option>}
      {options.map((option, at) => (
        <option key={textOf(option)} value={String(at)}>
          {textOf(option)}
        </option>
      ))}
    </Select>
  );
}
