import type { VariableField } from "../../../contract/index.ts";

/** The fields of a connection that does not exist yet, made of another tenant's: what is set there is not set here. */
export const blankFields = (fields: readonly VariableField[]): VariableField[] =>
  fields.map((field) => ({
    ...field,
    set: field.defaultValue !== undefined,
    value: field.secret ? null : (field.defaultValue ?? null),
  }));
