import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";

/** A value of a field, on one line: text as it is, anything else as JSON, nothing in words. */
export function FieldValue({ value, className }: { value: unknown; className?: string }) {
  const t = useTranslations("flows.value");
  if (value === undefined || value === null || value === "") {
    return <span className={cn("text-muted-foreground", className)}>{t(value === "" ? "blank" : "none")}</span>;
  }
  const text = valueText(value);
  return (
    <span className={cn("truncate font-mono text-xs", className)} title={text}>
      {text}
    </span>
  );
}

/** As it is read; empty for no value. */
export const valueText = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : (JSON.stringify(value) ?? "");
