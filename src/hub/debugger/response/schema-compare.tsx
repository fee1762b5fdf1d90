"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { Compare } from "../../../contract/index.ts";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { type Look, RUN_LOOKS } from "../../parts/status/status-looks.ts";

interface Line {
  readonly kind: "status" | "missing" | "wrongType" | "invalid" | "extra";
  readonly path: string;
  readonly text: string;
  readonly count: number;
}

const LOOKS: Readonly<Record<Line["kind"], Look>> = {
  status: RUN_LOOKS.failed,
  missing: RUN_LOOKS.failed,
  wrongType: RUN_LOOKS.partial,
  invalid: RUN_LOOKS.partial,
  extra: RUN_LOOKS.pending,
};

/** The answer beside what its endpoint declares: what is missing, of another type, refused or not declared. */
export function SchemaCompare({ compare }: { compare: Compare }) {
  const t = useTranslations("debugger");
  const lines = useLines(compare);
  const [open, setOpen] = useState(lines.length > 0);
  return (
    <section aria-label={t("schema.title")} className="flex max-h-[42%] shrink-0 flex-col border-t max-lg:max-h-none">
      <header className="flex min-h-9.5 shrink-0 items-center gap-2 px-4">
        <h3 className="flex-1 font-semibold">{t("schema.title")}</h3>
        {lines.length === 0 ? (
          <StatusBadge look={RUN_LOOKS.succeeded}>{t("schema.fits", { endpoint: compare.endpoint })}</StatusBadge>
        ) : (
          <>
            <StatusBadge look={compare.ok ? RUN_LOOKS.pending : RUN_LOOKS.partial}>
              {t("schema.differ", { count: lines.length })}
            </StatusBadge>
            <Button
              variant="ghost"
              size="icon"
              aria-expanded={open}
              aria-label={t(open ? "schema.hide" : "schema.show")}
              onClick={() => setOpen(!open)}
            >
              <Icon name={open ? "chevron-down" : "chevron-up"} className="size-3.5" />
            </Button>
          </>
        )}
      </header>
      {open && lines.length > 0 && <Differences lines={lines} ok={compare.ok} />}
    </section>
  );
}

function useLines(compare: Compare): Line[] {
  const t = useTranslations("debugger");
  return [
    ...(compare.undeclaredStatus === null
      ? []
      : [
          {
            kind: "status" as const,
            path: String(compare.undeclaredStatus),
            text: t("schema.statusText", { declared: compare.declaredStatuses.join(", ") }),
            count: 1,
          },
        ]),
    ...compare.missing.map(({ path, count, expected }) => ({
      ...{ kind: "missing" as const, path, count },
      text: t("schema.missingText", { expected }),
    })),
    ...compare.wrongType.map(({ path, count, expected, actual }) => ({
      ...{ kind: "wrongType" as const, path, count },
      text: t("schema.wrongTypeText", { expected, actual }),
    })),
    ...compare.invalid.map(({ path, message }) => ({ kind: "invalid" as const, path, text: message, count: 1 })),
    ...compare.extra.map(({ path, count, actual }) => ({
      ...{ kind: "extra" as const, path, count },
      text: t("schema.extraText", { actual }),
    })),
  ];
}

function Differences({ lines, ok }: { lines: readonly Line[]; ok: boolean }) {
  const t = useTranslations("debugger");
  return (
    <div className="scroll-quiet flex min-h-0 flex-col gap-2 overflow-y-auto px-4 pb-3.5">
      <ul className="divide-y divide-border rounded-md border text-xs">
        {lines.map(({ kind, path, text, count }) => (
          <li
            key={`${kind} ${path}`}
            className="grid min-h-8 grid-cols-[104px_minmax(0,1fr)_minmax(0,1.3fr)] items-center gap-2.5 px-3 py-1 small:grid-cols-[104px_minmax(0,1fr)]"
          >
            <StatusBadge look={LOOKS[kind]}>{t(`schema.${kind}`)}</StatusBadge>
            <code className="[overflow-wrap:anywhere]">
              {path.replace(/^\$\.?/, "") || t("schema.root")}
              {count > 1 && <span className="font-sans text-faint-foreground"> {t("schema.times", { count })}</span>}
            </code>
            <span className="text-muted-foreground [overflow-wrap:anywhere] small:col-span-2">{text}</span>
          </li>
        ))}
      </ul>
      <p className="text-2xs text-pretty text-muted-foreground">{t(ok ? "schema.okText" : "schema.notOkText")}</p>
    </div>
  );
}
