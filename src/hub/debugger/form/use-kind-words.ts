import { useTranslations } from "use-intl";
import type { Field } from "../model/field.ts";

/** The second line of a label: what may be written, and how much of it. */
export function useKindWords(field: Field): string {
  const t = useTranslations("debugger");
  const { schema, nullable } = field;
  const kind =
    field.kind === "number" && field.integer
      ? t("kind.integer")
      : field.kind === "union"
        ? t("kind.union", { count: field.variants.length })
        : field.kind === "text" && schema.format !== undefined
          ? schema.format
          : t(`kind.${field.kind}`);
  const bounds =
    schema.minimum !== undefined && schema.maximum !== undefined
      ? t("kind.between", { min: schema.minimum, max: schema.maximum })
      : schema.minimum !== undefined
        ? t("kind.from", { min: schema.minimum })
        : schema.maximum !== undefined
          ? t("kind.upTo", { max: schema.maximum })
          : undefined;
  return [kind, bounds, nullable ? t("kind.nullable") : undefined].filter(Boolean).join(", ");
}
