"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Select } from "../../../components/ui/select.tsx";
import type { AttemptRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { attemptDiff, type ComparedAttempt } from "./attempt-diff.ts";

interface AttemptCompareProps {
  readonly runId: string;
  /** At least two. */
  readonly attempts: readonly AttemptRecord[];
}

/** What differs between two attempts: how they ended, and what they called. The last two, unless others are chosen. */
export default function AttemptCompare({ runId, attempts }: AttemptCompareProps) {
  const t = useTranslations("events.attempts");
  const [places, setPlaces] = useState({ before: attempts.length - 2, now: attempts.length - 1 });
  const exchanges = useApi("listExchanges", { query: { run: runId, limit: 200 } });
  const { data } = exchanges;
  const side = (place: number): ComparedAttempt | null => {
    const attempt = attempts[place];
    if (!attempt || !data) return null;
    // Attempts of a crashed process may share a number; their calls are then told apart by nobody.
    return { attempt, calls: data.items.filter((call) => call.attempt === attempt.no).toReversed() };
  };
  const before = side(places.before);
  const now = side(places.now);
  const facts = before && now ? attemptDiff(before, now) : null;
  const chooser = (which: "before" | "now") => (
    <Select
      aria-label={t(which)}
      className="h-control-sm text-xs"
      value={String(places[which])}
      onChange={(event) => setPlaces({ ...places, [which]: Number(event.target.value) })}
    >
      {attempts.map((attempt, place) => (
        <option key={attempt.startedAt} value={place}>
          {t("attempt", { number: attempt.no })}
        </option>
      ))}
    </Select>
  );
  return (
    <div className="my-1 flex flex-col gap-1.5 rounded-sm border bg-card p-2">
      <div className="flex items-center gap-2">
        {chooser("before")}
        <span className="text-muted-foreground">{t("against")}</span>
        {chooser("now")}
      </div>
      <FailedLine title={t("compareFailed")} of={exchanges} />
      {facts?.length === 0 && <p className="text-muted-foreground">{t("same")}</p>}
      {facts && facts.length > 0 && (
        <table className="w-full table-fixed">
          <tbody>
            {facts.map(({ fact, of, before: left, now: right }) => (
              <tr key={`${fact}${of ?? ""}`} className="align-top">
                <th scope="row" className="w-18 py-0.5 pr-2 text-left font-normal text-muted-foreground">
                  {t(`fact.${fact}`, { number: of ?? "" })}
                </th>
                <td className="bg-diff-del px-1.5 py-0.5 font-mono [overflow-wrap:anywhere]">{left}</td>
                <td className="bg-diff-add px-1.5 py-0.5 font-mono [overflow-wrap:anywhere]">{right}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
