"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Choice, Field } from "../form-fields.tsx";

/** What the log is narrowed to; in the address, so that it can be sent to somebody. */
export const AUDIT_FILTER = { actor: parseAsString, action: parseAsString, since: parseAsString, until: parseAsString };

/** Kinds of changes, as their actions begin. */
const AREAS = [
  ["user.", "users"],
  ["api_key.", "keys"],
  ["secrets.", "secrets"],
  ["variables.", "variables"],
  ["connection.", "connections"],
  ["wire.", "wires"],
  ["flow.", "flows"],
  ["alert_rule.", "alertRules"],
  ["alert_channel.", "alertChannels"],
  ["retention.", "retention"],
  ["debug.", "debugger"],
] as const;

/** Who, what and when. */
export function AuditFilter() {
  const t = useTranslations("settings");
  const [filter, setFilter] = useQueryStates(AUDIT_FILTER, { history: "replace" });
  const [actor, setActor] = useState(filter.actor ?? "");
  useEffect(() => setActor(filter.actor ?? ""), [filter.actor]);
  const any = Object.values(filter).some((value) => value !== null);
  const day = (value: string | null) => value?.slice(0, 10) ?? "";
  return (
    <form
      className="grid grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-2 border-b p-3 small:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void setFilter({ actor: actor.trim() || null });
      }}
    >
      <Field
        label={t("audit.who")}
        value={actor}
        onText={setActor}
        onBlur={() => void setFilter({ actor: actor.trim() || null })}
        placeholder={t("audit.anybody")}
        autoComplete="off"
        spellCheck={false}
      />
      <Choice
        label={t("audit.what")}
        value={filter.action ?? ""}
        onText={(text) => void setFilter({ action: text || null })}
      >
        <option value="">{t("audit.anything")}</option>
        {AREAS.map(([value, label]) => (
          <option key={value} value={value}>
            {t(`audit.area.${label}`)}
          </option>
        ))}
      </Choice>
      <Field
        label={t("audit.since")}
        type="date"
        value={day(filter.since)}
        onText={(text) => void setFilter({ since: startOf(text, 0) })}
      />
      <Field
        label={t("audit.until")}
        type="date"
        value={day(filter.until && new Date(Date.parse(filter.until) - 1).toISOString())}
        onText={(text) => void setFilter({ until: startOf(text, 1) })}
      />
      <Button type="button" variant="ghost" disabled={!any} onClick={() => void setFilter(null)}>
        {t("audit.clear")}
      </Button>
    </form>
  );
}

/** The begin of a day in UTC, or of the day after it. */
const startOf = (day: string, after: 0 | 1): string | null =>
  day === "" ? null : new Date(Date.parse(`${day}T00:00:00Z`) + after * 86_400_000).toISOString();
