import { isIP } from "node:net";
import { z } from "zod";

/** A wrong variable, told in one sentence that says what to do. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

const ROLES = ["all", "web", "worker"] as const;

const text = z.string().trim();
const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number")
  .transform(Number)
  .refine((value) => value <= 65_535, "must be a port number between 0 and 65535");
const onOff = z.enum(["0", "1"], "must be 0 or 1").transform((value) => value === "1");
const secret = text.min(
  32,
  "must have at least 32 characters, e.g. 64 hex digits: generate one with `openssl rand -hex 32`",
);

const isCidr = (value: string): boolean => {
  const [address = "", bits, ...rest] = value.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/** Everything this app reads from its environment (README, "Environment"). */
const schema = z.object({
  DATABASE_URL: text
    .refine(
      (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
      "must look like postgres://user:password@host:5432/database",
    )
    .optional(),
  KHOTAN_DATA_DIR: text.default(".khotan"),
  KHOTAN_SECRET: secret.optional(),
  KHOTAN_SECRET_PREVIOUS: text
    .refine(
      (value) => value.split(",").every((one) => one.trim().length >= 32),
      "must hold the former secrets, each with at least 32 characters, separated by commas",
    )
    .optional(),
  KHOTAN_API_KEY: text.min(8, "must have at least 8 characters; 32 random ones are better").optional(),
  KHOTAN_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: "must be the address that providers call, e.g. https://hub.example.com" })
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
  CRON_SECRET: text.min(8, "must have at least 8 characters").optional(),
  KHOTAN_ROLE: z.enum(ROLES, `must be one of ${ROLES.join(", ")}`).default("all"),
  KHOTAN_ALLOW_PRIVATE_NETWORK: text
    .refine(
      (value) => value === "0" || value === "1" || value.split(",").every((one) => isCidr(one.trim())),
      "must be 1 (all private networks) or a list of networks like 10.0.0.0/8,192.168.1.5",
    )
    .optional(),
  KHOTAN_SANDBOX: onOff.default(true),
  KHOTAN_SANDBOX_PORT: port.default(4010),
  KHOTAN_DEBUG: z.enum(["0", "1"], "must be 0 (no debugger) or 1 (verbose logs)").optional(),
  PORT: port.default(3000),
});

export type Env = z.infer<typeof schema>;

/**
 * Reads the environment once and completely. An empty variable counts as unset.
 *
 * @throws EnvError naming the first wrong variable and what to set it to
 * @example
 * const { PORT } = parseEnv(process.env);
 */
export const parseEnv = (source: Readonly<Record<string, string | undefined>>): Env => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim() !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new EnvError(`${issue?.path.join(".")} ${issue?.message}.`);
  }
  const env = result.data;
  if (env.DATABASE_URL && !env.KHOTAN_SECRET)
    throw new EnvError(
      "KHOTAN_SECRET must be set when DATABASE_URL is, because all processes on one database share it: generate one with `openssl rand -hex 32` and keep it.",
    );
  return env;
};
