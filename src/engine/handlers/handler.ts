import { z } from "zod";
import type { HandlerKind } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";
import { assertWorkflowCompiled } from "../flows/assert-workflow-compiled.ts";
import { type LimitRules, limitRules } from "../limits/limit-rules.ts";
import type { RateLimit } from "../plugs/index.ts";
import { functionSchema, rateLimitSchema } from "../plugs/option-schemas.ts";
import type { EchoFacts } from "../sync/echoes/echoes.ts";
import { tableNames, type WrittenTable, writesSchema } from "../topology/written-tables.ts";
import type { PassContext, WorkflowContext } from "./context.ts";
import { eventPatternSchema } from "./event-filter.ts";
import type { EventFacts } from "./place-event.ts";
import { type ResolvedRetryPolicy, type RetryPolicy, resolveRetryPolicy, retryPolicySchema } from "./retry-policy.ts";

/** A registered catch or pass. Made by `catchEvent` and `pass`; not by hand. */
export interface Handler {
  readonly kind: HandlerKind;
  readonly name: string;
  readonly events: readonly string[];
  /** Destination plug of a pass. */
  readonly to: string | null;
  readonly schema: z.ZodType | null;
  readonly retry: ResolvedRetryPolicy;
  /** How many of its deliveries may run at once and begin in a time, over all processes; `null` for no limit. */
  readonly limits: LimitRules | null;
  /** `null`: as the wire says. */
  readonly orderBy: ((event: unknown, facts: EventFacts) => string | null | undefined) | null;
  readonly priority: number | ((event: unknown, facts: EventFacts) => number);
  /** What an event says of a record, to know the echo of what a sync wrote. */
  readonly echoOf: ((event: unknown, facts: EventFacts) => EchoFacts | null | undefined) | null;
  /** A run that takes longer is aborted and fails, in milliseconds; `null` for no limit, which only workflows may have. */
  readonly timeoutMs: number | null;
  /** Tables it says it writes. */
  readonly writes: readonly string[];
  readonly execution: HandlerExecution;
}

export type HandlerExecution =
  | { readonly type: "inline"; readonly run: (ctx: PassContext) => Promise<unknown> }
  | { readonly type: "workflow"; readonly workflow: (ctx: WorkflowContext) => Promise<unknown> };

type Payload<S> = S extends z.ZodType ? z.output<S> : unknown;

/** A function of an event. A method's type, so that handlers of different payloads can stand in one list. */
type OfEvent<S, Result> = { of(event: Payload<S>, facts: EventFacts): Result }["of"];

/** Options that catches and passes share. */
export interface HandlerOptions<S extends z.ZodType = z.ZodType> {
  /** Unique among the plug's catches or passes. */
  readonly name: string;
  /** Patterns: `invoice.paid`, `invoice.*`, `*`. Default: everything. */
  readonly events?: readonly string[];
  /** An event that does not meet it makes the run fail at once, with the issues listed. */
  readonly schema?: S;
  /** Default: ten attempts over about three days. */
  readonly retry?: RetryPolicy;
  /** How many of its deliveries may run at once, over all processes. The others wait. Default: no limit of its own. */
  readonly concurrency?: number;
  /** How many of its deliveries may begin in a time, over all processes. The others wait. Default: no limit of its own. */
  readonly rateLimit?: RateLimit;
  /**
   * Deliver the events of one key one after the other, in the order they were accepted, also across retries and
   * processes; other keys flow. `null` for an event that need not wait. Default: the wire's `orderBy`, else no order.
   * It is asked when the event is accepted; when it throws, the event has no order.
   */
  readonly orderBy?: OfEvent<S, string | null | undefined>;
  /** Who goes first when more is due than can run: the smaller number, −1,000 to 1,000. Default 0. */
  readonly priority?: number | OfEvent<S, number>;
  /**
   * Leave out events that a sync of this app caused: say which record the event is about, in the same fields as the sync's
   * `fields` makes. When a sync wrote just that, the delivery is `skipped`; `null` for events that cannot be an echo.
   */
  readonly echoOf?: OfEvent<S, EchoFacts | null | undefined>;
  /** Default 15 minutes; a workflow has no limit by default. */
  readonly timeoutMs?: number;
  /** Tables that it writes, so that the canvas can show where events end. Only shown, not enforced. */
  readonly writes?: readonly WrittenTable[];
}

const DEFAULT_TIMEOUT_MS = 15 * 60_000;

const optionsSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, "A name is lower-case letters, digits and '-', at most 100."),
  events: z.array(eventPatternSchema).min(1).optional(),
  retry: retryPolicySchema.optional(),
  concurrency: z.number().int().min(1).max(1_000).optional(),
  rateLimit: rateLimitSchema.optional(),
  orderBy: functionSchema.optional(),
  priority: z.union([z.number().int().min(-1_000).max(1_000), functionSchema]).optional(),
  echoOf: functionSchema.optional(),
  timeoutMs: z
    .number()
    .int()
    .min(100)
    .max(24 * 3_600_000)
    .optional(),
  writes: writesSchema.optional(),
});

/**
 * Check what catches and passes have in common and fill in defaults.
 *
 * @throws KhotanConfigError with the path of every mistake.
 */
export function buildHandler(
  kind: HandlerKind,
  to: string | null,
  options: HandlerOptions,
  execution: HandlerExecution,
): Handler {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map((issue) => ({
        path: [kind, options.name, ...issue.path].join("."),
        message: issue.message,
      })),
    );
  }
  if (execution.type === "workflow") assertWorkflowCompiled(kind, options.name, execution.workflow, "WorkflowContext");
  const { name, events = ["*"], retry, concurrency = null, timeoutMs = null } = checked.data;
  return Object.freeze({
    kind,
    name,
    events,
    to,
    schema: options.schema ?? null,
    retry: resolveRetryPolicy(retry),
    limits: limitRules({ rateLimit: options.rateLimit ?? null, concurrency }),
    orderBy: options.orderBy ?? null,
    priority: options.priority ?? 0,
    echoOf: options.echoOf ?? null,
    timeoutMs: timeoutMs ?? (execution.type === "inline" ? DEFAULT_TIMEOUT_MS : null),
    writes: tableNames(options.writes ?? []),
    execution,
  });
}
