import { PlugConfigError } from "./errors/plug-config-error.ts";
import { PlugError } from "./errors/plug-error.ts";
import type { PlugSession } from "./plug-session.ts";
import type { RequestOptions } from "./request-options.ts";
import { send } from "./send.ts";
import type { VarRecord } from "./vars/var-definition.ts";

export interface BatchOptions<Item, Body, Values = VarRecord>
  extends Omit<RequestOptions<Values>, "body" | "form" | "as" | "throwOnError" | "idempotencyKey"> {
  /** Items per call; default 100. */
  readonly size?: number;
  /** Calls at the same time; default 1. */
  readonly concurrency?: number;
  /** What a call's body is; default the array of items. */
  readonly body?: (items: readonly Item[]) => unknown;
  /** Items that the answer of a successful call reports as failed, by their place in that call. */
  readonly failuresIn?: (
    body: Body,
    items: readonly Item[],
  ) => readonly { readonly index: number; readonly message: string }[];
  /** One key per call, so that a repeated batch does nothing twice. */
  readonly idempotencyKey?: (items: readonly Item[], batch: number) => string;
}

export interface BatchFailure<Item> {
  readonly item: Item;
  /** Its place among all items. */
  readonly index: number;
  readonly message: string;
  /** The call's error; `null` when the call worked and its answer reported this item. */
  readonly error: PlugError | null;
}

/** What became of every item. */
export interface BatchReport<Item, Body> {
  /** Whether every item went through. */
  readonly ok: boolean;
  readonly total: number;
  readonly succeeded: number;
  readonly failures: readonly BatchFailure<Item>[];
  /** The answers of the calls that worked, in the order of the items. */
  readonly bodies: readonly Body[];
}

/**
 * Send many items in calls of a few. A call that fails does not stop the others; an abort does.
 *
 * @throws PlugConfigError for a size or concurrency below 1; the reason of an aborted signal
 */
export async function batchPost(
  session: PlugSession,
  path: string,
  items: Iterable<unknown> | AsyncIterable<unknown>,
  options: BatchOptions<unknown, unknown>,
): Promise<BatchReport<unknown, unknown>> {
  const { size = 100, concurrency = 1, body = (chunk) => chunk, failuresIn, idempotencyKey, ...rest } = options;
  if (!(Number.isInteger(size) && size > 0 && Number.isInteger(concurrency) && concurrency > 0)) {
    throw new PlugConfigError({
      code: "batch_invalid",
      plug: session.core.name,
      message: `${session.core.name}: size and concurrency of a batch are whole numbers from 1`,
      hint: "Leave them out for 100 and 1.",
    });
  }
  const failures: BatchFailure<unknown>[] = [];
  const bodies: { readonly batch: number; readonly body: unknown }[] = [];
  const chunks = chunksOf(items, size);
  let total = 0;

  async function worker(): Promise<void> {
    for (;;) {
      const turn = await chunks.next();
      if (turn.done) return;
      const { chunk, batch, offset } = turn.value;
      total += chunk.length;
      const fail = (index: number, message: string, error: PlugError | null) =>
        failures.push({ item: chunk[index], index: offset + index, message, error });
      try {
        const key = idempotencyKey?.(chunk, batch);
        const answer = await send(session, {
          method: "POST",
          path,
          options: { ...rest, body: body(chunk), ...(key === undefined ? {} : { idempotencyKey: key }) },
          endpoint: null,
        });
        bodies.push({ batch, body: answer.body });
        for (const failure of failuresIn?.(answer.body, chunk) ?? []) fail(failure.index, failure.message, null);
      } catch (error) {
        if (!(error instanceof PlugError)) throw error;
        for (const index of chunk.keys()) fail(index, error.message, error);
      }
    }
  }

  await Promise.all(Array.from({ length: concurrency }, worker));
  return {
    ok: failures.length === 0,
    total,
    succeeded: total - failures.length,
    failures: failures.sort((a, b) => a.index - b.index),
    bodies: bodies.sort((a, b) => a.batch - b.batch).map((each) => each.body),
  };
}

/** An async generator answers overlapping `next` calls one after the other, so workers can share it. */
async function* chunksOf(items: Iterable<unknown> | AsyncIterable<unknown>, size: number) {
  let chunk: unknown[] = [];
  let batch = 0;
  let offset = 0;
  for await (const item of items) {
    if (chunk.push(item) < size) continue;
    yield { chunk, batch: batch++, offset };
    offset += chunk.length;
    chunk = [];
  }
  if (chunk.length > 0) yield { chunk, batch, offset };
}
