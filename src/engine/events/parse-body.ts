/** What could be made of a body. `json: false` means the payload is not JSON or a form, and stays `null`. */
export interface ParsedBody {
  readonly payload: unknown;
  readonly format: "json" | "form" | "text" | "empty" | "unparsable";
}

const decoder = new TextDecoder("utf-8", { fatal: false });

/**
 * Parse a body by its content type; never throws. Senders lie about content
 * types, so what looks like JSON is tried as JSON whatever they say.
 */
export function parseBody(body: Uint8Array, contentType: string | null): ParsedBody {
  if (body.byteLength === 0) return { payload: null, format: "empty" };
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = decoder.decode(body);
  if (type === "application/x-www-form-urlencoded") return parseForm(text);
  const isJson = type === "application/json" || type.endsWith("+json") || type === "text/json";
  const looksLikeJson = /^\s*[[{"]/.test(text) || /^\s*(null|true|false|-?\d)/.test(text);
  if (isJson || looksLikeJson) {
    try {
      const payload: unknown = JSON.parse(text);
      return { payload, format: "json" };
    } catch {
      return { payload: null, format: isJson ? "unparsable" : "text" };
    }
  }
  return { payload: null, format: "text" };
}

/** A form as an object; several values of one name as a list. GitHub and Slack put JSON into the field `payload`. */
function parseForm(text: string): ParsedBody {
  const form = new URLSearchParams(text);
  const wrapped = form.get("payload");
  if (wrapped !== null && [...form.keys()].length === 1) {
    try {
      const payload: unknown = JSON.parse(wrapped);
      return { payload, format: "json" };
    } catch {
      return { payload: { payload: wrapped }, format: "form" };
    }
  }
  const fields = new Map<string, string | string[]>();
  for (const key of new Set(form.keys())) {
    const values = form.getAll(key);
    fields.set(key, values.length === 1 ? (values[0] ?? "") : values);
  }
  return { payload: Object.fromEntries(fields), format: "form" };
}
