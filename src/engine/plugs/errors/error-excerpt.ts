/** The sentence in an error body that a person would want to read: the usual places of the usual APIs. */
export function messageIn(body: unknown): string | null {
  if (typeof body === "string") return sentence(body.startsWith("<") ? "" : body);
  if (!isObject(body)) return null;
  const first = Array.isArray(body.errors) ? body.errors[0] : undefined;
  for (const candidate of [body.error, body, first]) {
    if (typeof candidate === "string") {
      const described =
        isObject(body) && typeof body.error_description === "string" ? `: ${body.error_description}` : "";
      return sentence(candidate + described);
    }
    if (!isObject(candidate)) continue;
    for (const key of ["message", "error_description", "detail", "title", "description", "reason"]) {
      const text = candidate[key];
      if (typeof text === "string" && text !== "") return sentence(text);
    }
  }
  return null;
}

function sentence(text: string): string | null {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return null;
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
