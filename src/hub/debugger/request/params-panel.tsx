"use client";

import { useTranslations } from "use-intl";
import type { DebugEndpoint } from "../../../contract/index.ts";
import { SchemaForm } from "../form/schema-form.tsx";
import type { Draft, DraftIssues } from "../model/draft.ts";
import { pathNames } from "../model/path-names.ts";
import { asSchema, isObject, type Schema } from "../model/schema.ts";
import { JsonPart } from "./json-part.tsx";
import { RowsEditor } from "./rows-editor.tsx";

interface ParamsPanelProps {
  readonly draft: Draft;
  readonly endpoint: DebugEndpoint | null;
  readonly issues: DraftIssues;
  readonly raw: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onSend: () => void;
}

/** Values for the names in the path, then the query. */
export function ParamsPanel({ draft, endpoint, issues, raw, onChange, onSend }: ParamsPanelProps) {
  const t = useTranslations("debugger");
  const names = pathNames(draft.path);
  const query = asSchema(endpoint?.schemas.query);
  return (
    <div className="flex flex-col gap-4">
      {names.length > 0 && (
        <section aria-label={t("params.path")} className="flex flex-col gap-2">
          <h3 className="text-2xs font-medium text-faint-foreground">{t("params.path")}</h3>
          <SchemaForm
            schema={paramsSchema(names, asSchema(endpoint?.schemas.params))}
            value={draft.params}
            issues={issues.params}
            prefix="params"
            onChange={(params) => onChange({ params: isObject(params) ? params : {} })}
          />
        </section>
      )}
      <section aria-label={t("params.query")} className="flex flex-col gap-2">
        <h3 className="text-2xs font-medium text-faint-foreground">{t("params.query")}</h3>
        {query && raw && (
          <JsonPart
            label={t("params.query")}
            value={draft.query}
            issues={issues.query}
            onSend={onSend}
            onChange={({ value, text }) => text === null && onChange({ query: value ?? {} })}
          />
        )}
        {query && !raw && (
          <SchemaForm
            schema={query}
            value={draft.query}
            issues={issues.query}
            prefix="query"
            onChange={(next) => onChange({ query: next })}
          />
        )}
        <RowsEditor
          rows={draft.queryRows}
          onChange={(queryRows) => onChange({ queryRows })}
          label={t("params.more")}
          add={t("params.add")}
        />
      </section>
    </div>
  );
}

/** Exactly the names that stand in the path, as the endpoint describes them. */
function paramsSchema(names: readonly string[], declared: Schema | null): Schema {
  const properties = Object.fromEntries(
    names.map((name) => [name, declared?.properties?.[name] ?? { type: "string" }]),
  );
  return { ...(declared?.$defs ? { $defs: declared.$defs } : {}), type: "object", properties, required: names };
}
