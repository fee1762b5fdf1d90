type QueryValue = string | number | bigint | boolean | Date | null | undefined;
/** `undefined` and `null` are left out; dates become ISO 8601; nested objects become `a[b]=c`. */
export type QueryInput =
  | URLSearchParams
  | { readonly [key: string]: QueryValue | readonly (QueryValue | object)[] | object };

/**
 * How a list is written: `repeat` a=1&a=2, `brackets` a[]=1&a[]=2, `indices` a[0]=1&a[1]=2, `comma` a=1,2.
 * Stripe takes `indices` or `brackets`, most others `repeat`.
 */
export const ARRAY_FORMATS = ["repeat", "brackets", "indices", "comma"] as const;
export type ArrayFormat = (typeof ARRAY_FORMATS)[number];

/**
 * Turn an object into pairs for a query or a form body.
 *
 * @example encodeQuery({ a: [1, 2], b: undefined }).toString() // "a=1&a=2"
 */
export function encodeQuery(input: object, arrays: ArrayFormat = "repeat"): URLSearchParams {
  if (input instanceof URLSearchParams) return new URLSearchParams(input);
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(input)) append(out, key, value, arrays);
  return out;
}

function append(out: URLSearchParams, key: string, value: unknown, arrays: ArrayFormat): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) appendList(out, key, value, arrays);
  else if (value instanceof Date) out.append(key, value.toISOString());
  else if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) append(out, `${key}[${name}]`, inner, arrays);
  } else out.append(key, String(value));
}

function appendList(out: URLSearchParams, key: string, list: readonly unknown[], arrays: ArrayFormat): void {
  const present = list.filter((value) => value !== undefined && value !== null);
  if (arrays === "comma") {
    if (present.length > 0) out.append(key, present.map(textOf).join(","));
    return;
  }
  for (const [index, value] of present.entries()) {
    // An object inside a list needs its index, or its fields could not be told apart from the next one's.
    const nested = typeof value === "object" && !(value instanceof Date);
    const suffix = arrays === "indices" || nested ? `[${index}]` : arrays === "brackets" ? "[]" : "";
    append(out, key + suffix, value, arrays);
  }
}

const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
