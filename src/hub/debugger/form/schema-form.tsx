"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { changeValue } from "../model/change-value.ts";
import type { Issue } from "../model/check-value.ts";
import { fieldOf } from "../model/field.ts";
import type { Schema } from "../model/schema.ts";
import { FieldBody } from "./field-body.tsx";
import { FieldRow } from "./field-row.tsx";
import { FormProvider } from "./form-context.ts";

interface SchemaFormProps {
  readonly schema: Schema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly issues: readonly Issue[];
  readonly prefix: string;
}

/** A form made of a JSON Schema. It edits a JSON value; what does not fit is said beside the place. */
export function SchemaForm({ schema, value, onChange, issues, prefix }: SchemaFormProps) {
  const t = useTranslations("debugger");
  const field = useMemo(() => fieldOf(schema, schema), [schema]);
  const state = {
    root: schema,
    value,
    issues,
    prefix,
    Row: FieldRow,
    Body: FieldBody,
    change: (path: readonly (string | number)[], next: unknown) => onChange(changeValue(value, path, next)),
  };
  return (
    <FormProvider value={state}>
      {field.kind === "object" ? (
        <div className="flex flex-col gap-2.5">
          {field.properties.length === 0 && <p className="text-xs text-muted-foreground">{t("form.nothing")}</p>}
          {field.properties.map(({ name, schema: own, required }) => (
            <FieldRow key={name} name={name} schema={own} path={[name]} required={required} />
          ))}
        </div>
      ) : (
        <FieldBody field={field} schema={schema} path={[]} required label={t("form.whole")} />
      )}
    </FormProvider>
  );
}
