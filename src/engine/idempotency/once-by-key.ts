import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal } from "../../contract/index.ts";
import { type Adapter, rows, run } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";

/** Answers are kept this long. */
const KEPT_HOURS = 24;
/** A call that has not ended after this long died with its process; longer than any mutation may take. */
const ABANDONED_MIN = 5;

export interface KeyedRequest {
  readonly principal: Principal;
  /** The `Idempotency-Key` header. */
  readonly key: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: Uint8Array;
}

const foundRow = z.object({
  request_hash: z.string(),
  status: z.number().nullable(),
  response: z.string().nullable(),
});

/**
 * Do something once per key: a repeat of the same request gets the first one's
 * answer, marked `idempotency-replayed: true`.
 *
 * Only answers of success are kept. What failed has changed nothing, so the
 * same key may be tried again.
 *
 * @throws KhotanError `bad_request` for a malformed key, `idempotency_key_reused` when it came with another request, `conflict` while the first is under way.
 */
export async function onceByKey(
  adapter: Adapter,
  request: KeyedRequest,
  work: () => Promise<Response>,
): Promise<Response> {
  if (!/^[\x21-\x7e]{1,255}$/.test(request.key)) {
    throw new KhotanError("bad_request", "An Idempotency-Key is 1 to 255 visible ASCII characters.");
  }
  const hash = hashOf(request);
  if (!(await claim(adapter, request, hash))) return await replay(adapter, request, hash);
  const response = await work().catch(async (error: unknown) => {
    await release(adapter, request).catch(() => undefined);
    throw error;
  });
  // It is done, whether or not its answer can be kept: the caller must hear that.
  const text = await response.clone().text();
  await (response.ok ? keep(adapter, request, response.status, text) : release(adapter, request)).catch(
    () => undefined,
  );
  return response;
}

/** One statement decides who may go: the first, or whoever comes after the answer was forgotten. */
async function claim(adapter: Adapter, { principal, key }: KeyedRequest, hash: string): Promise<boolean> {
  const claimed = await rows(
    adapter.db,
    sql`
      insert into khotan_idempotency as old (principal, key, request_hash) values (${principal.id}, ${key}, ${hash})
      on conflict (principal, key) do update set
        request_hash = excluded.request_hash, status = null, response = null, created_at = now()
      where old.created_at < now() - ${KEPT_HOURS} * interval '1 hour'
        or (old.status is null and old.created_at < now() - ${ABANDONED_MIN} * interval '1 minute')
      returning key
    `,
    z.object({ key: z.string() }),
  );
  return claimed.length > 0;
}

async function replay(adapter: Adapter, { principal, key }: KeyedRequest, hash: string): Promise<Response> {
  const [found] = await rows(
    adapter.db,
    sql`
      select request_hash, status, response #>> '{}' as response
      from khotan_idempotency where principal = ${principal.id} and key = ${key}
    `,
    foundRow,
  );
  if (found && found.request_hash !== hash) {
    throw new KhotanError("idempotency_key_reused", "This Idempotency-Key was used with another request.", {
      hint: "Make a new key for each thing you want done.",
    });
  }
  if (!found || found.status === null || found.response === null) {
    throw new KhotanError("conflict", "The first request with this Idempotency-Key is still under way.", {
      hint: "Ask again in a second.",
      retryAfterSec: 1,
    });
  }
  const headers = { "content-type": "application/json", "idempotency-replayed": "true" };
  return new Response(found.response, { status: found.status, headers });
}

/** The answer is kept as text within a JSON string, so that it is sent again letter by letter. */
async function keep(adapter: Adapter, { principal, key }: KeyedRequest, status: number, text: string): Promise<void> {
  await run(
    adapter.db,
    sql`
      update khotan_idempotency set status = ${status}, response = to_jsonb(${text}::text)
      where principal = ${principal.id} and key = ${key}
    `,
  );
}

async function release(adapter: Adapter, { principal, key }: KeyedRequest): Promise<void> {
  await run(
    adapter.db,
    sql`delete from khotan_idempotency where principal = ${principal.id} and key = ${key} and status is null`,
  );
}

function hashOf({ method, target, body }: KeyedRequest): string {
  return createHash("sha256").update(`${method} ${target}\n`).update(body).digest("hex");
}
