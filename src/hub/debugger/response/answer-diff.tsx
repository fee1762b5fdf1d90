"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { JsonDiff } from "../model/json-diff.ts";

const CUT = 160;
const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "";
  return text.length > CUT ? `${text.slice(0, CUT)}…` : text;
};

/** What is different from the answer before, place by place. */
export function AnswerDiff({ diff }: { diff: JsonDiff | null }) {
  const t = useTranslations("debugger");
  if (!diff) return <p className="px-4 py-3 text-xs text-pretty text-muted-foreground">{t("diff.none")}</p>;
  if (diff.changes.length === 0) return <p className="px-4 py-3 text-xs text-muted-foreground">{t("diff.same")}</p>;
  return (
    <div className="px-4 py-3">
      <table className="w-full table-fixed overflow-hidden rounded-md border text-xs">
        <thead>
          <tr className="h-7 bg-muted text-2xs text-muted-foreground">
            <th scope="col" className="w-2/6 px-3 font-normal">
              {t("diff.path")}
            </th>
            <th scope="col" className="px-2 font-normal">
              {t("diff.before")}
            </th>
            <th scope="col" className="px-2 font-normal">
              {t("diff.now")}
            </th>
          </tr>
        </thead>
        <tbody className="font-mono">
          {diff.changes.map((change) => (
            <tr key={change.path} className="align-top">
              <th scope="row" className="border-t px-3 py-1 font-normal [overflow-wrap:anywhere]">
                {change.path || t("diff.whole")}
              </th>
              <td
                className={cn("border-t px-2 py-1 [overflow-wrap:anywhere]", change.kind !== "added" && "bg-diff-del")}
              >
                {change.kind === "added" ? "" : shown(change.before)}
              </td>
              <td
                className={cn(
                  "border-t px-2 py-1 [overflow-wrap:anywhere]",
                  change.kind !== "removed" && "bg-diff-add",
                )}
              >
                {change.kind === "removed" ? "" : shown(change.now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {diff.more && (
        <p className="pt-2 text-xs text-muted-foreground">{t("diff.more", { count: diff.changes.length })}</p>
      )}
    </div>
  );
}
