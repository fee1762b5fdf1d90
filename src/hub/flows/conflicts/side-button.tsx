"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import { useMay } from "../../data/use-overview.ts";
import { RowTime } from "../../parts/time/row-time.tsx";
import { FieldValue, valueText } from "./field-value.tsx";

interface SideButtonProps {
  /** Whose value: the plug's name, or Postgres. */
  readonly side: string;
  readonly field: string;
  readonly value: unknown;
  /** When that side changed the record. */
  readonly at?: string | null;
  readonly chosen: boolean;
  readonly pending: boolean;
  /** Why it cannot be chosen. */
  readonly blocked?: string | undefined;
  readonly onChoose: () => void;
}

/** One side's value of a field; pressing it makes it count. */
export function SideButton({ side, field, value, at, chosen, pending, blocked, onChoose }: SideButtonProps) {
  const t = useTranslations("flows.conflicts");
  const parts = useTranslations("parts");
  const words = useTranslations("flows.value");
  const may = useMay("operator");
  const reason = may ? blocked : parts("needsRole", { role: "operator" });
  const off = reason !== undefined || pending;
  return (
    <Tooltip content={reason} disabled={reason === undefined}>
      <button
        type="button"
        aria-pressed={chosen}
        aria-disabled={off || undefined}
        aria-busy={pending || undefined}
        aria-label={`${t("use", { side, field })}: ${valueText(value) || words("none")}`}
        onClick={() => !off && !chosen && onChoose()}
        className={cn(
          "flex h-7.5 w-full min-w-0 items-center gap-2 rounded-sm border px-2 text-left transition-colors duration-90 small:h-10",
          chosen ? "border-primary bg-primary-soft text-primary-text" : "border-input bg-card",
          !off && !chosen && "hover:bg-accent",
          off && "cursor-not-allowed",
        )}
      >
        <FieldValue value={value} className="min-w-0 flex-1" />
        {at && (
          <span className="shrink-0 small:hidden [&_time]:text-2xs">
            <RowTime at={at} />
          </span>
        )}
        {chosen && <Icon name="check" className="size-3.5" />}
      </button>
    </Tooltip>
  );
}
