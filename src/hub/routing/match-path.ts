/** Parameters of a matched path, e.g. `{ id: "run_…" }`. */
export type PathParams = Readonly<Record<string, string>>;

/**
 * Match a path below the Hub's base against a pattern; `:name` takes one segment, `:name?` one or none.
 *
 * @example matchPath("/runs/:id?", "/runs/run_1") // { id: "run_1" }
 * @returns `null` when it does not match.
 */
export function matchPath(pattern: string, path: string): PathParams | null {
  const wanted = segments(pattern);
  const given = segments(path);
  if (given.length > wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (part.startsWith(":")) {
      const optional = part.endsWith("?");
      if (value === undefined) {
        if (!optional) return null;
        continue;
      }
      params[part.slice(1, optional ? -1 : undefined)] = safeDecode(value);
    } else if (part !== value) return null;
  }
  return params;
}

const segments = (path: string): string[] => path.split("/").filter((part) => part !== "");

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
