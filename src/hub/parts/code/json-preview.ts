const WIDTH = 64;

/**
 * The beginning of a closed object, so that one can be told from the next: its first plain values.
 *
 * @example jsonPreview({ id: "ord_1", lines: [], total: 5 }) // 'id: "ord_1", total: 5, …'
 */
export function jsonPreview(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  let text = "";
  let seen = 0;
  let left = false;
  for (const name in value) {
    if (++seen > 12) break;
    const member: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    const part = typeof member === "object" && member !== null ? null : `${name}: ${JSON.stringify(member)}`;
    if (part === null || text.length + part.length > WIDTH) left = true;
    else text += text === "" ? part : `, ${part}`;
  }
  return text !== "" && (left || seen > 12) ? `${text}, …` : text;
}
