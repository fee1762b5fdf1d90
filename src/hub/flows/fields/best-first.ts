/** A record to try rules on. */
export interface Sample {
  readonly record: unknown;
  /** The call or event it was in; `null` for one that was typed. */
  readonly of: string | null;
}

/** Those that have most of the fields first; else in the order they came. */
export function bestFirst(samples: readonly Sample[], wanted: readonly string[]): readonly Sample[] {
  const fields = ({ record }: Sample) =>
    typeof record === "object" && record !== null ? wanted.filter((name) => Object.hasOwn(record, name)).length : 0;
  return samples.toSorted((a, b) => fields(b) - fields(a));
}
