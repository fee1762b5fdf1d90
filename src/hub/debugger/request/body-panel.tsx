"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import type { DebugEndpoint } from "../../../contract/index.ts";
import { SchemaForm } from "../form/schema-form.tsx";
import { type Draft, type DraftIssues, takesBody } from "../model/draft.ts";
import { asSchema } from "../model/schema.ts";
import { JsonPart } from "./json-part.tsx";

interface BodyPanelProps {
  readonly draft: Draft;
  readonly endpoint: DebugEndpoint | null;
  readonly issues: DraftIssues;
  readonly raw: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onRaw: () => void;
  readonly onSend: () => void;
}

/** The body: a form where the endpoint declares one and the text is JSON, else the text. */
export function BodyPanel({ draft, endpoint, issues, raw, onChange, onRaw, onSend }: BodyPanelProps) {
  const t = useTranslations("debugger");
  const schema = asSchema(endpoint?.schemas.body);
  if (!takesBody(draft.method))
    return <p className="text-xs text-muted-foreground">{t("body.none", { method: draft.method })}</p>;
  const formable =
    schema !== null && draft.bodyText === null && (typeof draft.body === "object" || draft.body === undefined);
  if (raw || !schema) {
    return (
      <JsonPart
        label={t("body.label")}
        value={draft.body}
        text={draft.bodyText}
        issues={issues.body}
        onSend={onSend}
        onChange={({ value, text }) => onChange({ body: value, bodyText: text })}
      />
    );
  }
  if (!formable) {
    return (
      <div className="flex flex-col items-start gap-2">
        <p className="text-xs text-muted-foreground">{t("body.notFormable")}</p>
        <Button onClick={onRaw}>{t("body.toRaw")}</Button>
      </div>
    );
  }
  return (
    <SchemaForm
      schema={schema}
      value={draft.body}
      issues={issues.body}
      prefix="body"
      onChange={(body) => onChange({ body, bodyText: null })}
    />
  );
}
