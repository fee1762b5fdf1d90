"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { jsonTokens, TOKEN_CLASSES } from "./json-tokens.ts";
import { textLines } from "./text-lines.ts";
import { WindowedLines } from "./windowed-lines.tsx";

/** Text as it was sent, with line numbers; JSON gets its colours. Long lines wrap. */
export function TextView({ text, json = false }: { text: string; json?: boolean }) {
  const t = useTranslations("parts");
  const lines = useMemo(() => textLines(text), [text]);
  return (
    <WindowedLines
      count={lines.length}
      lineHeight={19}
      label={t("rawText")}
      className="rounded-md border bg-muted py-2.5 font-mono text-xs leading-4.75"
    >
      {(index) => {
        const line = lines[index];
        return (
          <div className="grid grid-cols-[44px_minmax(0,1fr)] pr-3">
            <span className="pr-3.5 text-right text-faint-foreground tabular-nums select-none">{line?.number}</span>
            <span className="break-all whitespace-pre-wrap">{line && <Tokens text={line.text} json={json} />}</span>
          </div>
        );
      }}
    </WindowedLines>
  );
}

function Tokens({ text, json }: { text: string; json: boolean }) {
  if (!json) return text;
  return jsonTokens(text).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a token is its position in the line.
    <span key={index} className={TOKEN_CLASSES[token.kind]}>
      {token.text}
    </span>
  ));
}
