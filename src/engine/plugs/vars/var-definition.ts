import { z } from "zod";
import { VAR_TYPES, type VarType } from "../../../contract/index.ts";

export type VarValue = string | number | boolean;
/** Variables by key, as they are at run time. */
export type VarRecord = Readonly<Record<string, VarValue | undefined>>;
/** Changes to variables: `null` clears one, what is not named stays. */
export type VarPatch = Readonly<Record<string, VarValue | null | undefined>>;

/**
 * One variable that a connection (or a wire) needs.
 *
 * @example { key: "apiKey", label: "API key", type: "password", required: true, help: "Settings → Developers" }
 */
export interface VarDefinition {
  /** Letters, digits, `_`, `.` and `-`; a leading `_` makes it hidden. */
  readonly key: string;
  /** What people see; defaults to the key. */
  readonly label?: string;
  readonly type: VarType;
  /** Masked wherever people look; default `true` for `password`, else `false`. */
  readonly secret?: boolean;
  /** The plug's own storage, shown to nobody. Only for keys that start with `_`, where it is the default. */
  readonly hidden?: boolean;
  /** Calls fail with `variables_missing` until it is set; default `false`. */
  readonly required?: boolean;
  /** Stored once, when the connection is made. */
  readonly defaultValue?: VarValue;
  /** The choices of a `select`. */
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[];
  /** One sentence for the person who fills it in. */
  readonly help?: string;
  /** A further check, after that of the type. */
  readonly validate?: z.ZodType;
}

/** A variable with every default filled in; this is what registration hands on. */
export interface VarField {
  readonly key: string;
  readonly label: string;
  readonly type: VarType;
  readonly secret: boolean;
  readonly hidden: boolean;
  readonly required: boolean;
  readonly defaultValue: VarValue | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly help: string | undefined;
  readonly validate: z.ZodType | undefined;
}

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf"]);

/** Check one variable's definition and fill in its defaults. Used for the variables of plugs and of wires. */
export const varDefinitionSchema = z
  .strictObject({
    key: z
      .string()
      .regex(
        /^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/,
        "A key starts with a letter or '_' and has letters, digits, '_', '.', '-'.",
      )
      .refine((key) => !FORBIDDEN_KEYS.has(key), "This key is reserved."),
    label: z.string().min(1).max(120).optional(),
    type: z.enum(VAR_TYPES, `A type is one of ${VAR_TYPES.join(", ")}.`),
    secret: z.boolean().optional(),
    hidden: z.boolean().optional(),
    required: z.boolean().optional(),
    defaultValue: z.union([z.string(), z.number(), z.boolean()]).optional(),
    options: z.array(z.union([z.string(), z.object({ value: z.string(), label: z.string() })])).optional(),
    help: z.string().optional(),
    validate: z.custom<z.ZodType>((value) => value instanceof z.ZodType, "Give a Zod schema.").optional(),
  })
  .superRefine((def, ctx) => {
    const at = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const hiddenKey = def.key.startsWith("_");
    if (def.hidden === true && !hiddenKey) at("key", "A hidden variable's key starts with '_'.");
    if (def.hidden === false && hiddenKey) at("hidden", "A key that starts with '_' is always hidden.");
    if (hiddenKey && def.required) at("required", "Nobody can fill in a hidden variable, so it cannot be required.");
    if (def.type === "select" && !def.options?.length) at("options", "A select needs its options.");
    if (def.type !== "select" && def.options) at("options", "Only a select has options.");
    if (def.type === "password" && def.secret === false) at("secret", "A password is always secret; use type text.");
  })
  .transform(
    (def): VarField => ({
      key: def.key,
      label: def.label ?? def.key,
      type: def.type,
      secret: def.secret ?? (def.type === "password" || def.key.startsWith("_")),
      hidden: def.key.startsWith("_"),
      required: def.required ?? false,
      defaultValue: def.defaultValue,
      options: (def.options ?? []).map((option) =>
        typeof option === "string" ? { value: option, label: option } : option,
      ),
      help: def.help,
      validate: def.validate,
    }),
  );
