"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { fieldOf } from "../model/field.ts";
import { initialValue, itemValue } from "../model/initial-value.ts";
import type { Schema } from "../model/schema.ts";
import { FieldIssue } from "./field-issue.tsx";
import { type ControlProps, placeId, useForm } from "./form-context.ts";

/** A list: one block for each item, in order. */
export function ListField({ items, path, required, value, change, label, id }: ControlProps & { items: Schema }) {
  const t = useTranslations("debugger");
  const { root, prefix, Row, Body } = useForm();
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const field = fieldOf(root, items);
  const put = (next: readonly unknown[]) => change(next.length === 0 && !required ? undefined : next);
  return (
    <>
      <div className="flex items-center gap-1">
        <Button
          id={id}
          variant="ghost"
          className="px-1.5"
          onClick={() => put([...list, itemValue(initialValue(root, items, true))])}
        >
          <Icon name="plus" className="size-3.5" />
          {t("form.addItem", { name: label })}
        </Button>
        {list.length > 0 && (
          <span className="text-2xs text-faint-foreground">{t("form.items", { count: list.length })}</span>
        )}
      </div>
      {list.map((_, at) => {
        const place = [...path, at];
        const name = t("form.item", { name: label, number: at + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place.
          <fieldset key={at} aria-label={name} className="col-span-full mt-2 flex items-start gap-1.5">
            <span className="w-5 shrink-0 pt-1 text-right font-mono text-2xs text-faint-foreground">{at + 1}</span>
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              {field.kind === "object" && !field.nullable ? (
                field.properties.map((property) => (
                  <Row key={property.name} {...property} path={[...place, property.name]} />
                ))
              ) : (
                <>
                  <Body field={field} schema={items} path={place} required label={name} />
                  <FieldIssue id={`${placeId(prefix, place)}-hint`} path={place} description={null} />
                </>
              )}
            </div>
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("form.leaveOut", { name })}
              onClick={() => put(list.filter((_item, other) => other !== at))}
            >
              <Icon name="x" className="size-3.5" />
            </Button>
          </fieldset>
        );
      })}
    </>
  );
}
