import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid, type Principal } from "../../contract/index.ts";
import { type Adapter, rows, run } from "../database/adapter.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";

/** Answers are kept this long. */
const KEPT_HOURS = 24;
/** A call of an unregistered process that has not ended after this long died with it; longer than any mutation may take. */
const ABANDONED_MIN = 5;

/** A statement whose line broke has been executed by then, or never will be. */
const UNHEARD_MS = 5_000;

/** In place of a process that is gone. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

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
 * same key may be tried again. So may the key of a call whose process died,
 * within seconds of the death. Nobody knows how far that call came: `work` is
 * given the same id again, and what it makes under that id is made once: see
 * `make-once.ts`. While `status` is null, `response` is what was made.
 *
 * @param processId the process that is to do it, see `khotan_processes`
 * @throws KhotanError `bad_request` for a malformed key, `idempotency_key_reused` when it came with another request, `conflict` while the first is under way.
 */
export async function onceByKey(
  adapter: Adapter,
  processId: string,
  request: KeyedRequest,
  work: (workId: string) => Promise<Response>,
): Promise<Response> {
  if (!/^[\x21-\x7e]{1,255}$/.test(request.key)) {
    throw new KhotanError("bad_request", "An Idempotency-Key is 1 to 255 visible ASCII characters.");
  }
  const hash = hashOf(request);
  const workId = await claim(adapter, processId, request, hash).catch(async (error: unknown) => {
    // The key may have been claimed all the same, and only its answer lost with the line.
    if (isConnectionError(error)) {
      const letGo = () => abandonUnheard(adapter, processId, request);
      await sooner(letGo);
      // It may have been executed only after that.
      void delay(UNHEARD_MS, undefined, { ref: false }).then(() => sooner(letGo));
    }
    throw error;
  });
  if (workId === null) return await replay(adapter, request, hash);
  const place = placeOf(processId, request);
  underWay.add(place);
  try {
    return await carryOut(adapter, request, workId, work);
  } finally {
    underWay.delete(place);
  }
}

/** Keys this process knows it has claimed: whatever else stands under its name is a claim it never heard of. */
const underWay = new Set<string>();
const placeOf = (processId: string, { principal, key }: KeyedRequest) => JSON.stringify([processId, principal.id, key]);

async function carryOut(
  adapter: Adapter,
  request: KeyedRequest,
  workId: string,
  work: (workId: string) => Promise<Response>,
): Promise<Response> {
  const response = await work(workId).catch(async (error: unknown) => {
    // When the line broke, nobody knows whether it was done: the next try is to make the same.
    await sooner(() => (isConnectionError(error) ? abandon(adapter, request, workId) : release(adapter, request)));
    throw error;
  });
  // It is done, whether or not its answer can be kept: the caller must hear that.
  const text = await response.clone().text();
  await sooner(() => (response.ok ? keep(adapter, request, response.status, text) : release(adapter, request)));
  return response;
}

/** Now, or, while the database is away, as soon as it is back: until then the key would be refused as under way. */
async function sooner(write: () => Promise<void>): Promise<void> {
  await write().catch(() => void later(write));
}

async function later(write: () => Promise<void>): Promise<void> {
  for (let second = 0; second < ABANDONED_MIN * 60; second++) {
    await delay(1_000, undefined, { ref: false });
    const isWritten = await write().then(
      () => true,
      () => false,
    );
    if (isWritten) return;
  }
}

/**
 * One statement decides who may go: the first, or whoever comes after the answer was forgotten or the first one died.
 *
 * @returns the id of what is to be made, or `null`
 */
async function claim(
  adapter: Adapter,
  processId: string,
  { principal, key }: KeyedRequest,
  hash: string,
): Promise<string | null> {
  const [claimed] = await rows(
    adapter.db,
    sql`
      insert into khotan_idempotency as old (principal, key, request_hash, process_id, work_id)
      values (${principal.id}, ${key}, ${hash}, (select id from khotan_processes where id = ${processId}::uuid), ${newUuid()}::uuid)
      on conflict (principal, key) do update set
        request_hash = excluded.request_hash, status = null, created_at = now(),
        response = case when old.status is null and old.request_hash = excluded.request_hash then old.response end,
        process_id = excluded.process_id,
        work_id = case when old.status is null and old.request_hash = excluded.request_hash
          then coalesce(old.work_id, excluded.work_id) else excluded.work_id end
      where old.created_at < now() - ${KEPT_HOURS} * interval '1 hour'
        or (old.status is null and (
          old.created_at < now() - ${ABANDONED_MIN} * interval '1 minute'
          or (old.process_id is not null and old.request_hash = excluded.request_hash
            and not exists (select from khotan_processes p where p.id = old.process_id))
        ))
      returning work_id::text as id
    `,
    z.object({ id: z.string() }),
  );
  return claimed?.id ?? null;
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

/** As if its process had died. */
async function abandon(adapter: Adapter, { principal, key }: KeyedRequest, workId: string): Promise<void> {
  await run(
    adapter.db,
    sql`
      update khotan_idempotency set process_id = ${NOBODY}::uuid
      where principal = ${principal.id} and key = ${key} and work_id = ${workId}::uuid and status is null
    `,
  );
}

async function abandonUnheard(adapter: Adapter, processId: string, request: KeyedRequest): Promise<void> {
  if (underWay.has(placeOf(processId, request))) return;
  const { principal, key } = request;
  await run(
    adapter.db,
    sql`
      update khotan_idempotency set process_id = ${NOBODY}::uuid
      where principal = ${principal.id} and key = ${key} and process_id = ${processId}::uuid and status is null
    `,
  );
}

/** Let the key be used anew; what was made under it all the same is found again, as after a death. */
async function release(adapter: Adapter, { principal, key }: KeyedRequest): Promise<void> {
  await run(
    adapter.db,
    sql`
      with unmade as (
        delete from khotan_idempotency
        where principal = ${principal.id} and key = ${key} and status is null and response is null
      )
      update khotan_idempotency set process_id = ${NOBODY}::uuid
      where principal = ${principal.id} and key = ${key} and status is null and response is not null
    `,
  );
}

function hashOf({ method, target, body }: KeyedRequest): string {
  return createHash("sha256").update(`${method} ${target}\n`).update(body).digest("hex");
}
