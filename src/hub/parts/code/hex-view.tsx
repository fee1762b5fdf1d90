"use client";

import { useTranslations } from "use-intl";
import { useSmallScreen } from "../use-media.ts";
import { hexRow } from "./hex-rows.ts";
import { WindowedLines } from "./windowed-lines.tsx";

/** The exact bytes, sixteen to a row (eight on a small screen). */
export function HexView({ bytes }: { bytes: Uint8Array }) {
  const t = useTranslations("parts");
  const width = useSmallScreen() ? 8 : 16;
  return (
    <WindowedLines
      count={Math.ceil(bytes.length / width)}
      lineHeight={19}
      label={t("rawBytes")}
      className="rounded-md border bg-muted py-2.5 font-mono text-2xs leading-4.75"
    >
      {(index) => {
        const row = hexRow(bytes, index, width);
        return (
          <div className="flex gap-3 px-3 whitespace-pre">
            <span className="text-faint-foreground select-none">{row.offset}</span>
            <span>{row.hex.join(" ").padEnd(width * 3 - 1)}</span>
            <span className="text-code-string">{row.text}</span>
          </div>
        );
      }}
    </WindowedLines>
  );
}
