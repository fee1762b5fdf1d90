import type { z } from "zod";
import type { HandlerContext, PassContext, WorkflowContext } from "./context.ts";
import { buildHandler, type Handler, type HandlerOptions } from "./handler.ts";

type Payload<S> = S extends z.ZodType ? z.output<S> : unknown;

export type CatchOptions<S extends z.ZodType> = HandlerOptions<S> &
  (
    | { readonly run: (ctx: HandlerContext<Payload<S>>) => Promise<unknown>; readonly workflow?: never }
    | { readonly workflow: (ctx: WorkflowContext<Payload<S>>) => Promise<unknown>; readonly run?: never }
  );

/**
 * Handle events of a plug. `run` executes in the worker; `workflow` on the
 * Workflow DevKit, for handlers of several durable steps.
 *
 * @example
 * catchEvent({
 *   name: "record-invoices",
 *   events: ["invoice.*"],
 *   schema: z.object({ id: z.string() }),
 *   run: async (ctx) => {
 *     await ctx.transaction((tx) => tx.insert(invoices).values({ id: ctx.event.id }));
 *   },
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function catchEvent<S extends z.ZodType = z.ZodUnknown>(options: CatchOptions<S>): Handler {
  if (options.workflow !== undefined) {
    // The schema, checked before the handler is called, is what makes the payload's type true.
    const workflow = options.workflow as (ctx: WorkflowContext) => Promise<unknown>;
    return buildHandler("catch", null, options, { type: "workflow", workflow });
  }
  const run = options.run as (ctx: PassContext) => Promise<unknown>;
  return buildHandler("catch", null, options, { type: "inline", run });
}
