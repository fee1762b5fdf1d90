import type { z } from "zod";
import type { FlowKind, Overlap } from "../../contract/index.ts";
import type { ResolvedRetryPolicy, RetryPolicy } from "../handlers/retry-policy.ts";
import type { AnyPlug } from "../plugs/index.ts";
import type { WrittenTable } from "../topology/written-tables.ts";
import type { FlowWorkflowContext, RelayContext } from "./flow-context.ts";
import type { FlowHooks } from "./flow-result.ts";

/** One way to run a flow. */
export interface FlowVariant extends FlowHooks {
  /** Cron, of five fields or of six with seconds first. Without it the variant only runs when it is started. */
  readonly schedule?: string;
  /** What the schedule starts it with. */
  readonly body?: unknown;
}

/** Which events start a flow. The run is given the event as its body. */
export interface FlowTrigger {
  /** Patterns: `order.paid`, `order.*`, `*`. */
  readonly events: readonly string[];
  /** Required when the flow has variants. */
  readonly variant?: string;
}

/** Options that inflows, outflows and relays share. */
export interface FlowOptions<B extends z.ZodType = z.ZodType, P extends AnyPlug = AnyPlug> extends FlowHooks {
  /** Unique among the plug's flows. */
  readonly name: string;
  /** The plug it is registered on. Only needed for the types of `ctx.plug`. */
  readonly plug?: P;
  /** The kind of record it moves, e.g. `products`. */
  readonly resource?: string;
  /** Cron, of five fields or of six with seconds first. */
  readonly schedule?: string;
  /** Several ways to run it, by name, each with a schedule of its own; instead of `schedule`. */
  readonly variants?: Readonly<Record<string, FlowVariant>>;
  /** Events of its plug that start it too; many at once start it once more when it has ended. */
  readonly on?: FlowTrigger;
  /** IANA time zone of its schedules. Default `UTC`. */
  readonly timeZone?: string;
  /** Default `skip`. */
  readonly overlap?: Overlap;
  /** A run that takes longer is stopped and fails, in milliseconds. Default 1 hour, at most 24; 30 days with `workflow`. */
  readonly maxDurationMs?: number;
  /** How many of its runs may go on at once, over all tenants and processes. Default: no limit of its own. */
  readonly concurrency?: number;
  /** Default: three attempts, the second after 10 seconds, the third a minute later. */
  readonly retry?: RetryPolicy;
  /** What it may be started with; checked before anything is stored. */
  readonly body?: B;
  /** Tables that it writes, so that the canvas can show it; a `sync` says that by itself. Only shown, not enforced. */
  readonly writes?: readonly WrittenTable[];
}

export type FlowExecution =
  | { readonly type: "inline"; readonly run: (ctx: RelayContext) => Promise<unknown> }
  | { readonly type: "workflow"; readonly workflow: (ctx: FlowWorkflowContext) => Promise<unknown> };

/** When a flow fires by itself. */
export interface FlowSchedule {
  readonly variant: string | null;
  readonly cron: string;
  readonly timeZone: string;
  readonly body: unknown;
}

/** A sync. Made by `inflow`, `outflow` and `relay`; not by hand. */
export interface Flow {
  readonly kind: FlowKind;
  readonly name: string;
  /** The plug it says it belongs to; `null` when it does not say. */
  readonly plug: string | null;
  /** Destination plug of a relay. */
  readonly destination: string | null;
  readonly resource: string | null;
  /** Empty when it has none; then it is started without naming one. */
  readonly variants: readonly string[];
  readonly schedules: readonly FlowSchedule[];
  readonly on: FlowTrigger | null;
  readonly overlap: Overlap;
  readonly maxDurationMs: number;
  readonly concurrency: number | null;
  readonly retry: ResolvedRetryPolicy;
  readonly body: z.ZodType | null;
  readonly hooks: (variant: string | null) => FlowHooks;
  /** Tables it says it writes. */
  readonly writes: readonly string[];
  readonly execution: FlowExecution;
}
