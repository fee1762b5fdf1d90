/** "Take it from this variable of the connection." */
export interface FromVar<Key extends string = string> {
  readonly from: "var";
  readonly key: Key;
}

/**
 * Take a credential from a variable of the connection.
 *
 * @example plug({ name: "crm", vars: [{ key: "token", type: "password" }], auth: bearer(fromVar("token")), … })
 */
export const fromVar = <const Key extends string>(key: Key): FromVar<Key> => Object.freeze({ from: "var", key });

export const isFromVar = (value: unknown): value is FromVar =>
  typeof value === "object" && value !== null && "from" in value && value.from === "var";

/** The variables that these sources name. */
export const keysOf = <Key extends string>(...sources: (SourceLike<Key> | undefined)[]): Key[] =>
  sources.flatMap((source) => (isFromVarOf(source) ? [source.key] : []));

type SourceLike<Key extends string> = FromVar<Key> | string | ((...args: never[]) => unknown);
const isFromVarOf = <Key extends string>(source: SourceLike<Key> | undefined): source is FromVar<Key> =>
  isFromVar(source);
