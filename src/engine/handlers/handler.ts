import { z } from "zod";
import type { HandlerKind } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";
import type { HandlerContext, PassContext, WorkflowContext } from "./context.ts";
import { eventPatternSchema } from "./event-filter.ts";
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
  /** How many of its deliveries may run at once, over all processes; `null` for no limit. */
  readonly concurrency: number | null;
  /** A run that takes longer is aborted and fails, in milliseconds. */
  readonly timeoutMs: number;
  readonly execution: HandlerExecution;
}

export type HandlerExecution =
  | { readonly type: "inline"; readonly run: (ctx: PassContext) => Promise<unknown> }
  | { readonly type: "workflow"; readonly workflow: (ctx: WorkflowContext) => Promise<unknown> };

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
  /** Default: no limit of its own. */
  readonly concurrency?: number;
  /** Default 15 minutes. */
  readonly timeoutMs?: number;
}

const optionsSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, "A name is lower-case letters, digits and '-', at most 100."),
  events: z.array(eventPatternSchema).min(1).optional(),
  retry: retryPolicySchema.optional(),
  concurrency: z.number().int().min(1).max(1_000).optional(),
  timeoutMs: z
    .number()
    .int()
    .min(100)
    .max(24 * 3_600_000)
    .optional(),
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
  if (execution.type === "workflow") assertCompiled(kind, options.name, execution.workflow);
  const { name, events = ["*"], retry, concurrency = null, timeoutMs = 15 * 60_000 } = checked.data;
  return Object.freeze({
    kind,
    name,
    events,
    to,
    schema: options.schema ?? null,
    retry: resolveRetryPolicy(retry),
    concurrency,
    timeoutMs,
    execution,
  });
}

/**
 * A function that was not compiled as a workflow builds silently and fails only
 * when started; so it is refused here, with the form that works.
 */
function assertCompiled(kind: HandlerKind, name: string, workflow: unknown): void {
  if (typeof workflow === "function" && "workflowId" in workflow) return;
  const identifier = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  throw new KhotanConfigError([
    {
      path: `${kind}.${name}.workflow`,
      message: [
        "The function was not compiled as a workflow. Write it at the top level of its own file, with the directive on its own line:",
        "",
        `    export async function ${identifier}(ctx: WorkflowContext) {`,
        '      "use workflow";',
        "      …",
        "    }",
        "",
        `and pass it by name: workflow: ${identifier}.`,
      ].join("\n"),
    },
  ]);
}

export type RunOf<Payload> = (ctx: HandlerContext<Payload>) => Promise<unknown>;
export type PassRunOf<Payload> = (ctx: PassContext<Payload>) => Promise<unknown>;
