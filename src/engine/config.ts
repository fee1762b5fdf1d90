import { z } from "zod";
import type { Principal } from "../contract/index.ts";
import type { AlertOptions } from "./alerts/declared-alerts.ts";
import type { Cache } from "./caches/cache.ts";
import type { Clock } from "./clock.ts";
import type { Adapter } from "./database/adapter.ts";
import { KhotanConfigError } from "./errors.ts";
import type { FieldMapping } from "./field-mappings/field-mapping.ts";
import type { Flow } from "./flows/flow.ts";
import type { Handler } from "./handlers/handler.ts";
import type { People } from "./people/people.ts";
import type { AnyPlug } from "./plugs/index.ts";
import type { Resource } from "./resources/resource.ts";
import { type RetentionDays, retentionDaysSchema } from "./retention/retention-rules.ts";
import type { Wire } from "./wires/wire.ts";

/** A plug and what hangs on it. */
export interface PlugRegistration {
  readonly plug: AnyPlug;
  /** At most one. */
  readonly wires?: readonly Wire[];
  readonly catches?: readonly Handler[];
  readonly passes?: readonly Handler[];
  readonly flows?: readonly Flow[];
}

/** Told about what happens; must not throw and is never waited for. */
export interface LifecycleHooks {
  readonly onRunFinished?: (run: { id: string; name: string; plug: string; tenant: string; status: string }) => void;
  readonly onDeliveryDead?: (delivery: {
    id: string;
    handler: string;
    plug: string;
    tenant: string;
    code: string;
  }) => void;
  readonly onError?: (error: unknown, where: string) => void;
}

export type Authorize = (request: Request) => Promise<Principal | boolean> | Principal | boolean;

export interface KhotanOptions {
  readonly adapter: Adapter;
  readonly plugs: readonly PlugRegistration[];
  /** Kinds of records that several plugs know; see `resource`. */
  readonly resources?: readonly Resource[];
  /** Which source field becomes which target field; see `fieldMapping`. */
  readonly fieldMappings?: readonly FieldMapping[];
  /** Places for values that are kept between runs; see `cache`. */
  readonly caches?: readonly Cache[];
  /** Who is asking? `true` is an admin of everything, `false` nobody. Without it only open and webhook routes answer. */
  readonly authorize?: Authorize;
  /** Users and API keys, for hosts that want the Hub to manage theirs. Without it those pages say that the host does. */
  readonly people?: People;
  readonly hooks?: LifecycleHooks;
  /** Default `process.env.KHOTAN_SECRET`. */
  readonly secret?: string;
  /** Default `process.env.KHOTAN_SECRET_PREVIOUS`, comma-separated. */
  readonly previousSecrets?: readonly string[];
  /** Public address that providers call, e.g. `https://hub.example.com`. Default `process.env.KHOTAN_WEBHOOK_URL`, else the request's own. */
  readonly webhookUrl?: string;
  /** Where the API lives. Default `/api/khotan`. */
  readonly basePath?: string;
  /** Largest webhook body in bytes. Default 5 MiB. */
  readonly maxBodyBytes?: number;
  /** `all` accepts and handles, `web` only accepts, `worker` only handles. Default `process.env.KHOTAN_ROLE`, else `all`. */
  readonly role?: "all" | "web" | "worker";
  /** Deliveries handled at once by this process. Default 10. */
  readonly concurrency?: number;
  /** Flows run at once by this process. Default 5. */
  readonly flowConcurrency?: number;
  /** Private networks that outbound calls may reach: CIDRs or `1`. Default `process.env.KHOTAN_ALLOW_PRIVATE_NETWORK`. */
  readonly allowPrivateNetwork?: string;
  /** Secret that `POST /cron` asks for. Default `process.env.CRON_SECRET`. */
  readonly cronSecret?: string;
  /**
   * How long things are kept, in days; `null` for ever. What a person sets by the API holds over it.
   * @example { events: 30, logs: 7, audit: null }
   */
  readonly retention?: RetentionDays;
  readonly clock?: Clock;
  /** Alert channels and rules that the code declares, beside those made by the API. */
  readonly alerts?: AlertOptions;
}

const settingsSchema = z.object({
  secret: z.string().min(32).optional(),
  previousSecrets: z.array(z.string().min(32)),
  webhookUrl: z.url({ protocol: /^https?$/ }).optional(),
  basePath: z.string().regex(/^\/[\w/-]*[\w-]$/, "Must start with / and not end with it."),
  maxBodyBytes: z
    .number()
    .int()
    .min(1_024)
    .max(100 * 1024 * 1024),
  role: z.enum(["all", "web", "worker"]),
  concurrency: z.number().int().min(1).max(200),
  flowConcurrency: z.number().int().min(1).max(100),
  allowPrivateNetwork: z.string(),
  cronSecret: z.string().min(1).optional(),
  retention: retentionDaysSchema,
  debug: z.enum(["0", "1", ""]),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Options and environment, checked once. @throws KhotanConfigError naming every wrong value. */
export function resolveSettings(options: KhotanOptions, env: NodeJS.ProcessEnv = process.env): Settings {
  const blankToUndefined = (value: string | undefined) => (value === "" ? undefined : value);
  const checked = settingsSchema.safeParse({
    secret: options.secret ?? blankToUndefined(env.KHOTAN_SECRET),
    previousSecrets: options.previousSecrets ?? env.KHOTAN_SECRET_PREVIOUS?.split(",").filter(Boolean) ?? [],
    webhookUrl: options.webhookUrl ?? blankToUndefined(env.KHOTAN_WEBHOOK_URL),
    basePath: options.basePath ?? "/api/khotan",
    maxBodyBytes: options.maxBodyBytes ?? 5 * 1024 * 1024,
    role: options.role ?? blankToUndefined(env.KHOTAN_ROLE) ?? "all",
    concurrency: options.concurrency ?? 10,
    flowConcurrency: options.flowConcurrency ?? 5,
    allowPrivateNetwork: options.allowPrivateNetwork ?? env.KHOTAN_ALLOW_PRIVATE_NETWORK ?? "",
    cronSecret: options.cronSecret ?? blankToUndefined(env.CRON_SECRET),
    retention: options.retention ?? {},
    debug: env.KHOTAN_DEBUG ?? "",
  });
  if (checked.success) return checked.data;
  throw new KhotanConfigError(
    checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  );
}
