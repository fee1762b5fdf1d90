"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { DebugAnswer } from "../../../contract/index.ts";
import { JsonWindow } from "../../parts/code/json-window.tsx";
import { TextView } from "../../parts/code/text-view.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";

type Response = NonNullable<DebugAnswer["response"]>;

/** The text of a body, as it is copied and shown raw. */
export const bodyText = ({ kind, body }: Pick<Response, "kind" | "body">): string =>
  kind === "json" ? (JSON.stringify(body, null, 2) ?? "") : typeof body === "string" ? body : "";

/** The body as a tree or as text. A body of megabytes is shown through a window; its text is made only when asked for. */
export function AnswerBody({ response, as }: { response: Response; as: "tree" | "raw" }) {
  const t = useTranslations("debugger");
  const locale = useLocale();
  if (response.kind === "empty") return <p className="px-4 py-3 text-xs text-muted-foreground">{t("answer.empty")}</p>;
  if (response.kind === "binary") {
    return (
      <p className="px-4 py-3 text-xs text-muted-foreground">
        {t("answer.binary", { type: response.headers["content-type"] ?? "", size: formatBytes(response.size, locale) })}
      </p>
    );
  }
  return (
    <>
      {response.truncated && (
        <Note look={RUN_LOOKS.partial} className="mx-4 mt-3">
          {t("answer.truncated", { size: formatBytes(response.size, locale) })}
        </Note>
      )}
      {response.kind === "json" && as === "tree" ? (
        <JsonWindow value={response.body} label={t("answer.tree")} className="min-h-0 flex-1 max-lg:max-h-[70vh]" />
      ) : (
        <RawBody response={response} />
      )}
    </>
  );
}

function RawBody({ response }: { response: Response }) {
  const text = useMemo(() => bodyText(response), [response]);
  return (
    <div className="scroll-quiet min-h-0 flex-1 overflow-auto p-4 max-lg:overflow-visible">
      <TextView text={text} json={response.kind === "json"} />
    </div>
  );
}
