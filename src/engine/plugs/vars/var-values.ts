import type { VarDefinition, VarRecord, VarValue } from "./var-definition.ts";

type OptionValue<Option> = Option extends string ? Option : Option extends { readonly value: infer V } ? V : never;

/** The type of one variable's value. */
type VarValueOf<Definition> = Definition extends { readonly type: "number" }
  ? number
  : Definition extends { readonly type: "boolean" }
    ? boolean
    : Definition extends { readonly type: "select"; readonly options: readonly (infer Option)[] }
      ? OptionValue<Option>
      : string;

/** Set whenever a call runs: required, or seeded with a default. */
type AlwaysSet<Definition> = Definition extends { readonly required: true }
  ? true
  : Definition extends { readonly defaultValue: VarValue }
    ? true
    : false;

type Flat<T> = { [K in keyof T]: T[K] };

/**
 * The values of a plug's variables, from its `vars` array: required and defaulted ones are there, the others may not be.
 *
 * @example VarValues<readonly [{ key: "token", type: "password", required: true }]> // { token: string }
 */
export type VarValues<Vars extends readonly VarDefinition[]> = VarDefinition extends Vars[number]
  ? VarRecord
  : Flat<
      {
        readonly [D in Vars[number] as AlwaysSet<D> extends true ? D["key"] : never]: VarValueOf<D>;
      } & {
        readonly [D in Vars[number] as AlwaysSet<D> extends true ? never : D["key"]]?: VarValueOf<D> | undefined;
      }
    >;

/** Changes to a plug's variables: `null` clears one. Keys that start with `_` are the plug's own storage and need no declaration. */
export type VarChanges<Vars extends readonly VarDefinition[]> = {
  readonly [D in Vars[number] as D["key"]]?: VarValueOf<D> | null | undefined;
} & { readonly [hidden: `_${string}`]: VarValue | null | undefined };
