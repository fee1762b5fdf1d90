import { createHash } from "node:crypto";
import { decodeId } from "../../contract/index.ts";
import { digestOf } from "../caches/delta-skip.ts";
import { describeError } from "../describe-error.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import { rememberEchoes } from "./echoes/echoes.ts";
import type { SyncSend } from "./sync-options.ts";
import type { StateScope } from "./sync-states.ts";

export interface SendOptions<R, C> {
  readonly ctx: C;
  readonly scope: StateScope;
  readonly send: SyncSend<R, C>;
  /** The plug whose webhooks tell of what is sent. */
  readonly echoPlug: string;
  readonly echoTtlMs: number;
}

export interface ToSend<R> {
  readonly key: string;
  readonly record: R;
  /** What counts of it; the echo is known by this. */
  readonly fields: unknown;
}

const LOGGED = 10;

/**
 * Send records to the other side: first remember what its webhooks will say, then call. Outside of transactions.
 *
 * @returns the keys that could not be sent; they are counted and logged.
 */
export async function sendBatch<R, C extends FlowContext>(
  { ctx, scope, send, echoPlug, echoTtlMs }: SendOptions<R, C>,
  batch: readonly ToSend<R>[],
): Promise<Set<string>> {
  if (batch.length === 0) return new Set();
  const runId = decodeId("run", ctx.runId);
  await ctx.transaction((tx) =>
    rememberEchoes(
      tx,
      { plug: echoPlug, tenant: ctx.tenant, runId, ttlMs: echoTtlMs },
      batch.map(({ key, fields }) => ({ key, record: fields })),
    ),
  );
  ctx.signal.throwIfAborted();
  const sent = await send(
    batch.map(({ key, record, fields }) => ({ key, record, idempotencyKey: keyFor(scope, key, fields) })),
    { ctx, signal: ctx.signal },
  );
  const { failures = [], ...counters } = sent ?? {};
  for (const { key, error } of failures.slice(0, LOGGED)) {
    ctx.log.error(`${key} could not be sent; the next run tries again`, { error: describeError(error) });
  }
  // Who says nothing has changed everything it was given.
  ctx.count(Object.keys(counters).length > 0 ? counters : { updated: batch.length - failures.length });
  if (failures.length > 0) ctx.count("failed", failures.length);
  return new Set(failures.map(({ key }) => key));
}

/** The same for the same content of the same record, in whatever run. */
export const keyFor = ({ flowId, tenant, scope }: StateScope, key: string, fields: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify([flowId, tenant, scope, key, digestOf(fields)]))
    .digest("base64url")
    .slice(0, 32);
