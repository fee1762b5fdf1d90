import type { VariableField } from "../../contract/index.ts";
import type { VarField, VarRecord } from "../plugs/index.ts";

const DOTS = "••••••••";

/** Dots, and the last four characters when so few give nothing away. */
export function maskSecret(value: string): string {
  return value.length >= 12 ? `${DOTS}${value.slice(-4)}` : DOTS;
}

/** Variables as people may see them: secrets masked, hidden ones left out. */
export function maskVars(fields: readonly VarField[], values: VarRecord): VariableField[] {
  return fields
    .filter((field) => !field.hidden)
    .map((field) => {
      const value = values[field.key];
      const set = value !== undefined && value !== "";
      return {
        key: field.key,
        label: field.label,
        type: field.type,
        secret: field.secret,
        required: field.required,
        set,
        value: !set ? null : field.secret ? maskSecret(String(value)) : value,
        ...(field.help === undefined ? {} : { help: field.help }),
        ...(field.options.length === 0 ? {} : { options: field.options.map((option) => ({ ...option })) }),
        ...(field.defaultValue === undefined || field.secret ? {} : { defaultValue: field.defaultValue }),
      };
    });
}
