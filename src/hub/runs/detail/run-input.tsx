"use client";

import { lazy, Suspense } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Card, CardContent, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatBytes } from "../../parts/format-number.ts";

const JsonTree = lazy(async () => ({ default: (await import("../../parts/code/json-tree.tsx")).JsonTree }));

/** What the run was given. */
export function RunInput({ input }: { input: unknown }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const text = JSON.stringify(input, null, 2) ?? "";
  const empty = input === null || input === undefined;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex-1">{t("input.title")}</CardTitle>
        {!empty && (
          <>
            <span className="text-xs text-muted-foreground tabular-nums">
              {formatBytes(new TextEncoder().encode(JSON.stringify(input)).length, locale)}
            </span>
            <CopyButton text={text} label={t("input.copy")} />
          </>
        )}
      </CardHeader>
      <CardContent className="scroll-quiet max-h-120 overflow-auto px-2 py-2.5">
        {empty ? (
          <p className="px-1 text-xs text-muted-foreground">{t("input.empty")}</p>
        ) : (
          <Suspense>
            <JsonTree value={input} label={t("input.title")} />
          </Suspense>
        )}
      </CardContent>
    </Card>
  );
}
