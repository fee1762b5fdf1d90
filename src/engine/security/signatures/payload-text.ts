/**
 * The text (or number, as text) at a path inside a payload of any shape; own
 * properties only.
 *
 * @example payloadText({ event: { type: "message" } }, "event", "type") // "message"
 */
export function payloadText(payload: unknown, ...path: readonly string[]): string | undefined {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** A form field that holds JSON, parsed; `undefined` when there is none. Slack's buttons and GitHub's forms send `payload=…`. */
export function payloadFormJson(payload: unknown, field: string): unknown {
  const text = payloadText(payload, field);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
