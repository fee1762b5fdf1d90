export type OwnValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly type: "number" | "boolean" | "json" };

/**
 * What a person typed, as the type that the field has. Empty means no value, save for text.
 *
 * @param like a value that the field has or had.
 * @example readOwnValue("12", 3) // { ok: true, value: 12 }
 */
export function readOwnValue(text: string, like: unknown): OwnValue {
  if (typeof like === "string" || like === null || like === undefined) return { ok: true, value: text };
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "null") return { ok: true, value: null };
  if (typeof like === "number") {
    const number = Number(trimmed);
    return Number.isFinite(number) ? { ok: true, value: number } : { ok: false, type: "number" };
  }
  if (typeof like === "boolean") {
    if (trimmed === "true" || trimmed === "false") return { ok: true, value: trimmed === "true" };
    return { ok: false, type: "boolean" };
  }
  try {
    const value: unknown = JSON.parse(trimmed);
    return { ok: true, value };
  } catch {
    return { ok: false, type: "json" };
  }
}
