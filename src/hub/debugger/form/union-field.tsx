"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { bestVariant } from "../model/check-value.ts";
import { fieldOf } from "../model/field.ts";
import { initialValue } from "../model/initial-value.ts";
import { isObject, type Schema } from "../model/schema.ts";
import { variantName } from "../model/variant-name.ts";
import { type ControlProps, useForm } from "./form-context.ts";

const UNSET = "unset";

/** Which of several shapes is meant, then that shape. Going to another keeps what both have. */
export function UnionField(props: ControlProps & { variants: readonly Schema[] }) {
  const { variants, path, required, value, change, label, id } = props;
  const t = useTranslations("debugger");
  const { root, Row, Body } = useForm();
  const [chosen, setChosen] = useState<number | null>(null);
  const at = value === undefined && !required ? null : (chosen ?? bestVariant(root, variants, value));
  const choose = (key: string) => {
    if (key === UNSET) {
      setChosen(null);
      return change(undefined);
    }
    const next = variants[Number(key)];
    setChosen(Number(key));
    if (next) change(carriedOver(root, next, value));
  };
  const keys = variants.map((_, index) => String(index));
  const names = variants.map((variant, index) => {
    const name = variantName(root, variant);
    return name.kind === "kind"
      ? t(`kind.${name.of}`, { count: 0 })
      : name.text || t("form.variant", { number: index + 1 });
  });
  const variant = at === null ? undefined : variants[at];
  const field = variant && fieldOf(root, variant);
  const current = at === null ? UNSET : String(at);
  const short = names.join("").length + names.length * 3 <= 40 && names.length <= 4;
  return (
    <>
      <div className="min-w-0">
        {short ? (
          <Segmented
            value={current}
            onValueChange={choose}
            options={required ? keys : [UNSET, ...keys]}
            label={t("form.variantOf", { name: label })}
          >
            {(key) => (key === UNSET ? t("form.notSet") : names[Number(key)])}
          </Segmented>
        ) : (
          <Select
            id={id}
            value={current}
            aria-label={t("form.variantOf", { name: label })}
            onChange={({ target }) => choose(target.value)}
          >
            {!required && <option value={UNSET}>{t("form.notSet")}</option>}
            {keys.map((key) => (
              <option key={key} value={key}>
                {names[Number(key)]}
              </option>
            ))}
          </Select>
        )}
      </div>
      {variant && field && (
        <div className="col-span-full flex flex-col gap-2 pt-2" key={current}>
          {field.kind === "object" ? (
            field.properties
              .filter(({ schema }) => fieldOf(root, schema).kind !== "constant")
              .map((property) => <Row key={property.name} {...property} path={[...path, property.name]} />)
          ) : (
            <Body field={field} schema={variant} path={path} required label={label} />
          )}
        </div>
      )}
    </>
  );
}

function carriedOver(root: Schema, next: Schema, value: unknown): unknown {
  const fresh = initialValue(root, next, true);
  const field = fieldOf(root, next);
  if (field.kind !== "object" || !isObject(fresh) || !isObject(value)) return fresh;
  const shared = field.properties
    .map(({ name }) => name)
    .filter((name) => Object.hasOwn(value, name) && !Object.hasOwn(fresh, name));
  return { ...fresh, ...Object.fromEntries(shared.map((name) => [name, value[name]])) };
}
