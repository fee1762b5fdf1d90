"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { fieldOf } from "../model/field.ts";
import { initialValue, itemValue } from "../model/initial-value.ts";
import { isObject, type Schema } from "../model/schema.ts";
import { FieldIssue } from "./field-issue.tsx";
import { type ControlProps, placeId, useForm } from "./form-context.ts";

/** Names of one's own, each with a value of the same kind. */
export function RecordField({ values, path, value, change, label, id }: ControlProps & { values: Schema }) {
  const t = useTranslations("debugger");
  const { root, prefix, Body } = useForm();
  const [name, setName] = useState("");
  const record = isObject(value) ? value : {};
  const field = fieldOf(root, values);
  const add = () => {
    const key = name.trim();
    if (key === "" || Object.hasOwn(record, key)) return;
    change({ ...record, [key]: itemValue(initialValue(root, values, true)) });
    setName("");
  };
  const without = (key: string) => Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
  return (
    <>
      <div className="flex items-center gap-1.5">
        <Input
          id={id}
          value={name}
          aria-label={t("form.newName", { name: label })}
          placeholder={t("form.namePlaceholder")}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setName(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            add();
          }}
          className="h-control-sm font-mono text-xs"
        />
        <Button onClick={add} disabled={name.trim() === ""}>
          {t("form.addName")}
        </Button>
      </div>
      {Object.keys(record).map((key) => {
        const place = [...path, key];
        return (
          <div
            key={key}
            className="col-span-full mt-2 grid grid-cols-[120px_minmax(0,1fr)_auto] items-start gap-x-3 small:grid-cols-[minmax(0,1fr)_auto]"
          >
            <span className="truncate pt-1 font-mono text-xs small:col-span-2">{key}</span>
            <div className="min-w-0">
              <Body field={field} schema={values} path={place} required label={key} />
              <FieldIssue id={`${placeId(prefix, place)}-hint`} path={place} description={null} />
            </div>
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("form.leaveOut", { name: key })}
              onClick={() => change(without(key))}
            >
              <Icon name="x" className="size-3.5" />
            </Button>
          </div>
        );
      })}
    </>
  );
}
