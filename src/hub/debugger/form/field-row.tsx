"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { valueAt } from "../model/change-value.ts";
import { fieldOf } from "../model/field.ts";
import { FieldIssue } from "./field-issue.tsx";
import { type FieldRowProps, isTags, placeId, useForm } from "./form-context.ts";
import { useKindWords } from "./use-kind-words.ts";

/** Name, type and control of one property; what belongs to it stands below, behind a line. */
export function FieldRow({ name, schema, path, required }: FieldRowProps) {
  const t = useTranslations("debugger");
  const { root, prefix, value, Body } = useForm();
  const field = fieldOf(root, schema);
  const words = useKindWords(field);
  const id = placeId(prefix, path);
  const nested =
    ["object", "record", "union"].includes(field.kind) || (field.kind === "list" && !isTags(root, field.items));
  const there = valueAt(value, path) !== undefined;
  const label = (
    <label htmlFor={id} className="flex flex-wrap items-baseline gap-x-1 pt-0.5 leading-4">
      <span className="font-mono text-xs font-medium [overflow-wrap:anywhere]">{name}</span>
      {required && (
        <span aria-hidden="true" className="text-st-failed-fg">
          {"*"}
        </span>
      )}
      {required && <span className="sr-only">{t("form.required")}</span>}
      <span className="w-full text-2xs leading-3.25 text-muted-foreground">{words}</span>
    </label>
  );
  const body = <Body field={field} schema={schema} path={path} required={required} label={name} />;
  return (
    <div data-field={path.join(".")} className={nested && there ? "border-l-2 pl-3.5" : undefined}>
      <div
        className={cn(
          "grid items-start gap-x-3 small:grid-cols-[minmax(0,1fr)] small:gap-y-1",
          // The line and its gap take 16 px, so that controls stay in one column.
          nested && there ? "grid-cols-[104px_minmax(0,1fr)]" : "grid-cols-[120px_minmax(0,1fr)]",
        )}
      >
        {label}
        <div className={nested ? "contents" : "min-w-0"}>
          {body}
          {!nested && <FieldIssue id={`${id}-hint`} path={path} description={field.description} />}
        </div>
      </div>
      {nested && <FieldIssue id={`${id}-hint`} path={path} description={field.description} />}
    </div>
  );
}
