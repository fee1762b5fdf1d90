import { z } from "zod";

export const VAR_TYPES = ["text", "password", "url", "number", "boolean", "select"] as const;
export type VarType = (typeof VAR_TYPES)[number];

/** One variable of a connection or a wire, as a person may see it. */
export const variableFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(VAR_TYPES),
  secret: z.boolean(),
  required: z.boolean(),
  set: z.boolean(),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .nullable()
    .describe("In clear when not secret. A secret is masked: dots and its last four characters at most."),
  help: z.string().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
export type VariableField = z.infer<typeof variableFieldSchema>;

export const variablesSchema = z.object({
  plug: z.string(),
  tenant: z.string(),
  fields: z.array(variableFieldSchema),
});
export type VariablesRecord = z.infer<typeof variablesSchema>;

/** What a writer sends: `null` clears a variable, what is not named stays. */
export const variablesPatchSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type VariablesPatch = z.infer<typeof variablesPatchSchema>;
