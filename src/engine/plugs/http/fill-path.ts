/** The names of a path's parameters: `/orders/:id/items/{item}` has `id` and `item`. */
export type PathParamNames<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? SegmentParam<Segment> | PathParamNames<Rest>
  : SegmentParam<Path>;

type SegmentParam<Segment extends string> = Segment extends `:${infer Name}`
  ? Name extends ""
    ? never
    : Name
  : Segment extends `${string}{${infer Name}}${infer Rest}`
    ? Name | SegmentParam<Rest>
    : never;

export type PathParamValue = string | number | boolean;

const PARAM = /\/:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}/g;

/** @example pathParamsOf("/orders/:id/items/{item}") // ["id", "item"] */
export function pathParamsOf(path: string): string[] {
  return [...path.matchAll(PARAM)].map((match) => match[1] ?? match[2] ?? "");
}

/**
 * Put values into a path. Every value becomes exactly one segment's text: `/` and `..` cannot get out of it.
 *
 * @example fillPath("/orders/:id", { id: "a/b" }) // "/orders/a%2Fb"
 * @throws TypeError when a value is missing, empty, `.` or `..`.
 */
export function fillPath(path: string, params: Readonly<Record<string, PathParamValue | undefined>>): string {
  return path.replace(PARAM, (_match, colon: string | undefined, brace: string | undefined) => {
    const name = colon ?? brace ?? "";
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    const text = value === undefined ? "" : String(value);
    if (text === "") throw new TypeError(`the path parameter "${name}" has no value`);
    if (text === "." || text === "..") throw new TypeError(`the path parameter "${name}" cannot be "${text}"`);
    return (colon === undefined ? "" : "/") + encodeURIComponent(text);
  });
}
