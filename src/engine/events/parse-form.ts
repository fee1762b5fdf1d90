import type { ParsedBody } from "./parsed-body.ts";

/** GitHub and Slack put JSON into the only field of their forms. */
export const JSON_FIELD = "payload";

/** A form as an object; several values of one name as a list. */
export function parseForm(text: string): ParsedBody {
  const form = [...new URLSearchParams(text)];
  const [only] = form;
  if (form.length === 1 && only?.[0] === JSON_FIELD) {
    try {
      const payload: unknown = JSON.parse(only[1]);
      return { payload, format: "json" };
    } catch {
      return { payload: { [JSON_FIELD]: only[1] }, format: "form" };
    }
  }
  const fields: FormFields = new Map();
  for (const [name, value] of form) addField(fields, name, value);
  return { payload: Object.fromEntries(fields), format: "form" };
}

export type FormFields = Map<string, string | string[]>;

export function addField(fields: FormFields, name: string, value: string): void {
  const before = fields.get(name);
  if (before === undefined) fields.set(name, value);
  else if (typeof before === "string") fields.set(name, [before, value]);
  else before.push(value);
}
