"use client";

import { useTranslations } from "use-intl";
import type { FieldMappingDefinition } from "../../../contract/index.ts";
import { versionDiff } from "./version-diff.ts";

interface VersionLinesProps {
  readonly before: FieldMappingDefinition;
  readonly now: FieldMappingDefinition;
  /** There is none before it among those that are listed. */
  readonly first: boolean;
}

const SIGN = { added: "+", removed: "−", changed: "~" } as const;

/** What a version changed, field by field. */
export function VersionLines({ before, now, first }: VersionLinesProps) {
  const t = useTranslations("flows.fields.versions");
  const changes = versionDiff(before, now);
  if (changes.length === 0) return <p className="px-3 pb-2 text-xs text-muted-foreground">{t("same")}</p>;
  return (
    <div className="border-t bg-muted">
      {first && <p className="px-3 pt-1.5 text-xs text-muted-foreground">{t("whole")}</p>}
      <ul className="py-1 text-xs">
        {changes.map(({ target, direction, kind, before: was, now: is }) => (
          <li
            key={`${target} ${direction} ${kind}`}
            className="grid min-h-6 grid-cols-[14px_minmax(0,1fr)_minmax(0,2fr)] items-baseline gap-x-2 px-3 py-0.5"
          >
            <span aria-hidden="true" className="font-mono">
              {SIGN[kind]}
            </span>
            <code className="truncate">
              <span className="sr-only">{t(`kind.${kind}`)}</span> {target}
            </code>
            <span className="flex min-w-0 flex-wrap gap-x-2 font-mono">
              {was !== "" && <del className="bg-diff-del px-1 no-underline [overflow-wrap:anywhere]">{was}</del>}
              {is !== "" && <ins className="bg-diff-add px-1 no-underline [overflow-wrap:anywhere]">{is}</ins>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
