/** Names of `:name` and `{name}` in a path, in their order, once each. */
export function pathNames(path: string): string[] {
  const [plain = ""] = path.split(/[?#]/, 1);
  const names = [...plain.matchAll(/\/:([A-Za-z_]\w*)(?=\/|$)|\{([A-Za-z_]\w*)\}/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  return [...new Set(names)];
}

/**
 * Values of a path by the names of a template; `null` when it does not fit.
 *
 * @example matchTemplate("/orders/:id", "/orders/or_1") // { id: "or_1" }
 */
export function matchTemplate(template: string, path: string): Record<string, string> | null {
  const wanted = segments(template);
  const given = segments(path);
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const text = given[at] ?? "";
    const names = pathNames(`/${part}`);
    if (names.length === 0) {
      if (part !== text) return null;
      continue;
    }
    const source = part
      .split(/:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}/)
      .map(escapeText)
      .join("(.+)");
    const match = new RegExp(`^${source}$`, "s").exec(text);
    if (!match) return null;
    for (const [index, name] of names.entries()) values[name] = decoded(match[index + 1] ?? "");
  }
  return values;
}

const segments = (path: string): string[] => (path.split(/[?#]/, 1)[0] ?? "").split("/").filter((part) => part !== "");
const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
