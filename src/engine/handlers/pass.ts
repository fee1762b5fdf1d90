import type { z } from "zod";
import type { PassContext, WorkflowContext } from "./context.ts";
import { buildHandler, type Handler, type HandlerOptions } from "./handler.ts";
import { skip } from "./outcome.ts";

type Payload<S> = S extends z.ZodType ? z.output<S> : unknown;

/** The request a `map` makes out of an event. */
export interface MappedRequest {
  /** Default `POST`. */
  readonly method?: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the destination's base URL. */
  readonly path: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type PassOptions<S extends z.ZodType> = HandlerOptions<S> & {
  /** Name of the registered plug the event is forwarded to. */
  readonly to: string;
} & (
    | {
        readonly run: (ctx: PassContext<Payload<S>>) => Promise<unknown>;
        readonly workflow?: never;
        readonly map?: never;
      }
    | {
        readonly workflow: (ctx: WorkflowContext<Payload<S>>) => Promise<unknown>;
        readonly run?: never;
        readonly map?: never;
      }
    | {
        /** Say which request to send; `null` skips the event. */
        readonly map: (ctx: PassContext<Payload<S>>) => MappedRequest | null | Promise<MappedRequest | null>;
        readonly run?: never;
        readonly workflow?: never;
      }
  );

/**
 * Forward events of a plug to another one, with that plug's credentials.
 *
 * @example
 * pass({
 *   name: "payment-failed-to-slack",
 *   to: "slack",
 *   events: ["invoice.payment_failed"],
 *   map: (ctx) => ({ path: "/chat.postMessage", body: { channel: ctx.destVars.channel, text: "…" } }),
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function pass<S extends z.ZodType = z.ZodUnknown>(options: PassOptions<S>): Handler {
  if (options.workflow !== undefined) {
    // The schema, checked before the handler is called, is what makes the payload's type true.
    const workflow = options.workflow as (ctx: WorkflowContext) => Promise<unknown>;
    return buildHandler("pass", options.to, options, { type: "workflow", workflow });
  }
  if (options.map !== undefined) {
    const map = options.map as (ctx: PassContext) => MappedRequest | null | Promise<MappedRequest | null>;
    return buildHandler("pass", options.to, options, { type: "inline", run: (ctx) => send(ctx, map) });
  }
  const run = options.run as (ctx: PassContext) => Promise<unknown>;
  return buildHandler("pass", options.to, options, { type: "inline", run });
}

async function send(
  ctx: PassContext,
  map: (ctx: PassContext) => MappedRequest | null | Promise<MappedRequest | null>,
): Promise<unknown> {
  const request = await map(ctx);
  if (request === null) return skip("nothing to forward");
  const { method = "POST", path, body, query, headers } = request;
  const answer = await ctx.destPlug.request(method, path, {
    body,
    query,
    headers,
    idempotencyKey: ctx.idempotencyKey,
    signal: ctx.signal,
  });
  return { status: answer.status };
}
