import { z } from "zod";
import { type FlowKind, OVERLAPS } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";
import { eventPatternSchema } from "../handlers/event-filter.ts";
import { resolveRetryPolicy, retryPolicySchema } from "../handlers/retry-policy.ts";
import type { AnyPlug } from "../plugs/index.ts";
import { writesSchema, writtenTables } from "../topology/written-tables.ts";
import { assertWorkflowCompiled } from "./assert-workflow-compiled.ts";
import { describeCronProblem, isTimeZone } from "./cron-ticks.ts";
import type { Flow, FlowExecution, FlowOptions, FlowSchedule } from "./flow.ts";
import type { FlowHooks } from "./flow-result.ts";

const HOUR_MS = 3_600_000;
const MAX_INLINE_MS = 24 * HOUR_MS;
const DEFAULT_RETRY = { attempts: 3, delaysMs: [10_000, 60_000] };
const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;
const nameSchema = z.string().regex(NAME, "A name is lower-case letters, digits and '-', at most 100.");
const hook = z
  .custom<FlowHooks["onComplete"]>((value) => typeof value === "function", "Must be a function.")
  .optional();

const optionsSchema = z.object({
  name: nameSchema,
  resource: z.string().min(1).max(100).optional(),
  schedule: z.string().optional(),
  variants: z
    .record(
      nameSchema,
      z.strictObject({
        schedule: z.string().optional(),
        body: z.unknown().optional(),
        onComplete: hook,
        onError: hook,
      }),
    )
    .refine((variants) => Object.keys(variants).length > 0, "Name at least one variant, or leave it out.")
    .optional(),
  on: z.strictObject({ events: z.array(eventPatternSchema).min(1), variant: z.string().optional() }).optional(),
  timeZone: z.string().refine(isTimeZone, "Not a time zone; write e.g. `Europe/Berlin`.").default("UTC"),
  overlap: z.enum(OVERLAPS).default("skip"),
  maxDurationMs: z
    .number()
    .int()
    .min(100)
    .max(30 * 24 * HOUR_MS)
    .default(HOUR_MS),
  concurrency: z.number().int().min(1).max(1_000).nullable().default(null),
  retry: retryPolicySchema.default(DEFAULT_RETRY),
  onComplete: hook,
  onError: hook,
  writes: writesSchema.optional(),
});
type Checked = z.output<typeof optionsSchema>;
type Issue = { path: string; message: string };

/**
 * Check what flows have in common and fill in defaults.
 *
 * @throws KhotanConfigError with the path of every mistake.
 */
export function buildFlow(
  kind: FlowKind,
  options: FlowOptions & { readonly run?: object; readonly workflow?: unknown },
  destination: AnyPlug | string | null,
  execution: FlowExecution | null,
): Flow {
  const at = (...path: PropertyKey[]) => [kind, options.name, ...path].map(String).join(".");
  const checked = optionsSchema.safeParse(options);
  const issues: Issue[] = [];
  if (!checked.success) {
    issues.push(...checked.error.issues.map(({ path, message }) => ({ path: at(...path), message })));
  }
  if ((options.run === undefined) === (options.workflow === undefined)) {
    issues.push({ path: at("run"), message: "Give `run` or `workflow`, one of the two." });
  }
  if (options.schedule !== undefined && options.variants !== undefined) {
    issues.push({ path: at("schedule"), message: "A flow with variants has their schedules; move it to one of them." });
  }
  if (execution?.type === "inline" && (options.maxDurationMs ?? 0) > MAX_INLINE_MS) {
    const message = "More than a day is for flows with `workflow`: `run` would hold its process that long.";
    issues.push({ path: at("maxDurationMs"), message });
  }
  if (!checked.success || !execution || issues.length > 0) throw new KhotanConfigError(issues);
  const { data } = checked;
  const schedules = schedulesOf(data);
  issues.push(...schedules.flatMap((one) => scheduleIssues(one, options.body ?? null, at)));
  const variantNames = Object.keys(data.variants ?? {});
  if (data.on && (data.on.variant === undefined ? variantNames.length > 0 : !variantNames.includes(data.on.variant))) {
    const message = variantNames.length > 0 ? `Name one of: ${variantNames.join(", ")}.` : "It has no variants.";
    issues.push({ path: at("on", "variant"), message });
  }
  if (issues.length > 0) throw new KhotanConfigError(issues);
  if (execution.type === "workflow") assertWorkflowCompiled(kind, data.name, execution.workflow, "FlowWorkflowContext");
  const { variants = {}, onComplete, onError } = data;
  return Object.freeze({
    kind,
    name: data.name,
    plug: options.plug?.name ?? null,
    destination: typeof destination === "string" ? destination : (destination?.name ?? null),
    resource: data.resource ?? null,
    variants: Object.keys(variants),
    schedules,
    on: data.on ?? null,
    writes: writtenTables(options.writes, options.run),
    overlap: data.overlap,
    maxDurationMs: data.maxDurationMs,
    concurrency: data.concurrency,
    retry: resolveRetryPolicy(data.retry),
    body: options.body ?? null,
    hooks: (variant: string | null): FlowHooks => {
      const own = variant === null ? undefined : variants[variant];
      return { onComplete: own?.onComplete ?? onComplete, onError: own?.onError ?? onError };
    },
    execution,
  });
}

function schedulesOf({ schedule, variants, timeZone }: Checked): FlowSchedule[] {
  if (schedule !== undefined) return [{ variant: null, cron: schedule, timeZone, body: undefined }];
  return Object.entries(variants ?? {}).flatMap(([variant, { schedule: cron, body }]) =>
    cron === undefined ? [] : [{ variant, cron, timeZone, body }],
  );
}

function scheduleIssues(
  { variant, cron, timeZone, body }: FlowSchedule,
  schema: z.ZodType | null,
  at: (...path: string[]) => string,
): Issue[] {
  const where = variant === null ? [] : ["variants", variant];
  const issues: Issue[] = [];
  const problem = describeCronProblem(cron, timeZone, Date.now());
  if (problem) issues.push({ path: at(...where, "schedule"), message: problem });
  const checked = schema?.safeParse(body);
  if (checked && !checked.success) {
    const { path = [], message = "" } = checked.error.issues[0] ?? {};
    issues.push({
      path: at(...where, "body", ...path.map(String)),
      message: `The schedule starts it with ${body === undefined ? "no body" : "this"}, which its schema refuses: ${message}. Give the variant a \`body\`, or the schema a default.`,
    });
  }
  return issues;
}
