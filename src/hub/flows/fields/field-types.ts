import type { FieldRule } from "../../../contract/index.ts";

type FieldType = NonNullable<FieldRule["type"]>;

/** Every type that a field can have; a new one in the contract does not compile until it stands here. */
const NAMES: Record<FieldType, true> = {
  string: true,
  number: true,
  integer: true,
  boolean: true,
  date: true,
  datetime: true,
  enum: true,
  json: true,
};

const isType = (name: string): name is FieldType => name in NAMES;
export const FIELD_TYPE_NAMES: readonly FieldType[] = Object.keys(NAMES).filter(isType);
