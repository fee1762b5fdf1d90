import type { z } from "zod";
import type { AnyPlug } from "../plugs/index.ts";
import type { FlowExecution, FlowOptions } from "./flow.ts";
import type { FlowContext, FlowWorkflowContext, RelayContext } from "./flow-context.ts";

export type BodyOfFlow<B> = B extends z.ZodType ? z.output<B> : unknown;

/** `run` executes in the worker; `workflow` on the Workflow DevKit, for flows of several durable steps. */
export type FlowCode<Context, Body> =
  | { readonly run: (ctx: Context) => Promise<unknown>; readonly workflow?: never }
  | { readonly workflow: (ctx: FlowWorkflowContext<Body>) => Promise<unknown>; readonly run?: never };

export type InflowOptions<B extends z.ZodType, P extends AnyPlug> = FlowOptions<B, P> &
  FlowCode<FlowContext<BodyOfFlow<B>, P>, BodyOfFlow<B>>;

export type OutflowOptions<B extends z.ZodType, P extends AnyPlug> = InflowOptions<B, P>;

export type RelayOptions<B extends z.ZodType, P extends AnyPlug, D extends AnyPlug> = FlowOptions<B, P> & {
  /** The registered plug that the records go to, or its name. */
  readonly destination: D | string;
} & FlowCode<RelayContext<BodyOfFlow<B>, P, D>, BodyOfFlow<B>>;

/**
 * The code without its types: the schema, checked before it is called, makes the body's true, and registration checks
 * that the plugs are the ones that were named.
 */
export function executionOf(options: { readonly run?: unknown; readonly workflow?: unknown }): FlowExecution | null {
  if (typeof options.run === "function")
    return { type: "inline", run: options.run as (ctx: RelayContext) => Promise<unknown> };
  if (options.workflow === undefined) return null;
  return { type: "workflow", workflow: options.workflow as (ctx: FlowWorkflowContext) => Promise<unknown> };
}
