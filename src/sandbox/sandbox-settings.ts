import { z } from "zod";

const number = (name: string, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `${name} must be a whole number from 0 to ${max}`)
    .transform(Number)
    .refine((value) => value <= max, `${name} must be a whole number from 0 to ${max}`);

const environment = z.object({
  KHOTAN_SANDBOX_PORT: number("KHOTAN_SANDBOX_PORT", 65_535).default(4010),
  KHOTAN_SANDBOX_SEED: number("KHOTAN_SANDBOX_SEED", 1_000_000_000).default(1),
  KHOTAN_SANDBOX_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "KHOTAN_SANDBOX_PUBLIC_URL must be an http(s) URL" })
    .optional(),
  KHOTAN_SANDBOX_STATE: z.string().min(1).optional(),
});

export interface SandboxSettings {
  port: number;
  seed: number;
  publicUrl: string | undefined;
  stateFile: string | undefined;
}

/**
 * Reads the sandbox's variables; an empty one counts as unset.
 * @throws Error with one sentence naming every wrong variable.
 */
export function sandboxSettings(env: Record<string, string | undefined>): SandboxSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const result = environment.safeParse(given);
  if (!result.success) throw new Error(`${result.error.issues.map(({ message }) => message).join("; ")}.`);
  return {
    port: result.data.KHOTAN_SANDBOX_PORT,
    seed: result.data.KHOTAN_SANDBOX_SEED,
    publicUrl: result.data.KHOTAN_SANDBOX_PUBLIC_URL,
    stateFile: result.data.KHOTAN_SANDBOX_STATE,
  };
}
