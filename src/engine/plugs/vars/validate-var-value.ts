import type { VarField, VarValue } from "./var-definition.ts";

export type VarVerdict =
  | { readonly ok: true; readonly value: VarValue }
  | { readonly ok: false; readonly message: string };

/** What a check needs to know of a variable; a `VarField` fits. */
export type CheckedVar = Pick<VarField, "key" | "type" | "options" | "validate">;

/**
 * Check one value against its variable, and bring it into its type: forms and environment variables deliver text.
 *
 * @example validateVarValue(port, "8080") // { ok: true, value: 8080 }
 * @example validateVarValue(url, "ftp://x") // { ok: false, message: "Give an http:// or https:// address." }
 */
export function validateVarValue(field: CheckedVar, value: unknown): VarVerdict {
  const typed = byType(field, value);
  if (!typed.ok || !field.validate) return typed;
  const checked = field.validate.safeParse(typed.value);
  if (!checked.success) return bad(checked.error.issues.map((issue) => issue.message).join("; "));
  return isVarValue(checked.data) ? { ok: true, value: checked.data } : typed;
}

function byType(field: CheckedVar, value: unknown): VarVerdict {
  switch (field.type) {
    case "text":
    case "password":
      return typeof value === "string"
        ? good(value)
        : typeof value === "number"
          ? good(String(value))
          : bad("Give a text.");
    case "url":
      return typeof value === "string" && isHttpUrl(value) ? good(value) : bad("Give an http:// or https:// address.");
    case "number":
      return numberOf(value);
    case "boolean":
      if (value === true || value === "true") return good(true);
      if (value === false || value === "false") return good(false);
      return bad("Give true or false.");
    case "select": {
      const values = field.options.map((option) => option.value);
      return typeof value === "string" && values.includes(value)
        ? good(value)
        : bad(`Choose one of ${values.join(", ")}.`);
    }
  }
}

function numberOf(value: unknown): VarVerdict {
  const number =
    typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? good(number) : bad("Give a number.");
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
}

const isVarValue = (value: unknown): value is VarValue =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
const good = (value: VarValue): VarVerdict => ({ ok: true, value });
const bad = (message: string): VarVerdict => ({ ok: false, message });
