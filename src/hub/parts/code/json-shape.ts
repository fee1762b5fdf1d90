/** What a JSON value is, as the tree shows it. */
export type JsonShape =
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, unknown])[] }
  | { readonly kind: "array"; readonly entries: readonly (readonly [string, unknown])[] }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number" | "literal"; readonly text: string };

export function jsonShape(value: unknown): JsonShape {
  if (Array.isArray(value))
    return { kind: "array", entries: value.map((item, index) => [String(index), item] as const) };
  if (typeof value === "object" && value !== null) return { kind: "object", entries: Object.entries(value) };
  if (typeof value === "string") return { kind: "string", text: value };
  if (typeof value === "number") return { kind: "number", text: String(value) };
  return { kind: "literal", text: String(value) };
}

/**
 * The way to a value, as one would write it: `data.object.lines[0].id`, `headers["x-id"]`.
 */
export function jsonPath(path: readonly string[], arrays: readonly boolean[]): string {
  let text = "";
  for (const [index, key] of path.entries()) {
    if (arrays[index]) text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(key)) text += text === "" ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}
