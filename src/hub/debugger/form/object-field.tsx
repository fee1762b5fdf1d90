"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { Property } from "../model/field.ts";
import { initialValue } from "../model/initial-value.ts";
import { type ControlProps, useForm } from "./form-context.ts";

/** An object within: folded by its head, left out when it is optional. */
export function ObjectField({
  properties,
  schema,
  path,
  required,
  value,
  change,
  label,
  id,
}: ControlProps & { properties: readonly Property[] }) {
  const t = useTranslations("debugger");
  const { root, Row } = useForm();
  const [folded, setFolded] = useState(false);
  if (value === undefined) {
    return (
      <Button
        id={id}
        variant="ghost"
        className="justify-self-start"
        onClick={() => change(initialValue(root, schema, true))}
      >
        <Icon name="plus" className="size-3.5" />
        {t("form.add", { name: label })}
      </Button>
    );
  }
  return (
    <>
      <div className="flex items-center gap-1">
        <Button id={id} variant="ghost" aria-expanded={!folded} className="px-1.5" onClick={() => setFolded(!folded)}>
          <Icon name={folded ? "chevron-right" : "chevron-down"} className="size-3" />
          {t("form.fields", { count: properties.length })}
        </Button>
        {!required && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("form.leaveOut", { name: label })}
            onClick={() => change(undefined)}
          >
            <Icon name="x" className="size-3.5" />
          </Button>
        )}
      </div>
      {!folded && (
        <div className="col-span-full flex flex-col gap-2 pt-2">
          {properties.map((property) => (
            <Row key={property.name} {...property} path={[...path, property.name]} />
          ))}
        </div>
      )}
    </>
  );
}
