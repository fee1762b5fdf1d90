import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Failure } from "../../../contract/index.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { rows, run } from "../../database/adapter.ts";
import { wires } from "../../database/schema/index.ts";
import { KhotanError } from "../../errors.ts";
import type { NewEvent } from "../../events/insert-events.ts";
import type { Receiver } from "../../events/receive-webhook.ts";
import { matchesEvent } from "../../handlers/event-filter.ts";
import { every } from "../../queue/every.ts";
import { toFailure } from "../../runs/failure.ts";
import { wireContext } from "../connect-wire.ts";
import { requireWire } from "../require-wire.ts";
import type { MissedEvents } from "../wire.ts";
import { type ClaimedGap, claimGap, GAP_LEASE_MS } from "./claim-gap.ts";
import { missedEvent } from "./missed-event.ts";

const BATCH = 100;
const MINUTE_MS = 60_000;
/** Waits before the second, third … attempt; after the last one the gap waits for a person. */
const RETRY_MS = [1, 5, 30, 120, 360, 720].map((minutes) => minutes * MINUTE_MS);

interface Figures {
  found: number;
  ingested: number;
  duplicates: number;
}

/**
 * Repair one gap that is due.
 *
 * What is missing is stored by the very statement that stores webhooks, so each
 * event is there once, with its deliveries, whoever is first: the repair, its
 * repetition, or the provider's own late webhook. A repair whose process dies
 * begins anew elsewhere and passes over what it had stored.
 *
 * @returns `false` when none is due.
 */
export async function repairGap(
  engine: Engine,
  receiver: Pick<Receiver, "insert">,
  stop?: AbortSignal,
): Promise<boolean> {
  const gap = await claimGap(engine.adapter.db);
  if (!gap) return false;
  engine.publisher.publish("gaps", gap.id);
  const lost = new AbortController();
  const figures: Figures = { found: 0, ingested: 0, duplicates: 0 };
  const lease = every(
    GAP_LEASE_MS / 3,
    async () => {
      if (!(await renew(engine, gap, figures))) lost.abort();
    },
    (error) => engine.log.warn({ part: "gaps", error: toFailure(error).message }, "a lease could not be renewed"),
  );
  try {
    const signal = AbortSignal.any([lost.signal, ...(stop ? [stop] : [])]);
    await ingest(engine, receiver, gap, figures, signal);
    await close(engine, gap, figures);
  } catch (error) {
    // Told to stop: the lease runs out and somebody goes on. Lost the lease: somebody does already.
    if (stop?.aborted) await giveBack(engine, gap);
    else if (!lost.signal.aborted) await fail(engine, gap, figures, toFailure(error, "listing_failed"));
  } finally {
    await lease.stop();
  }
  return true;
}

async function ingest(
  engine: Engine,
  receiver: Pick<Receiver, "insert">,
  gap: ClaimedGap,
  figures: Figures,
  signal: AbortSignal,
): Promise<void> {
  const { plug, tenant } = gap;
  const definition = requireWire(engine.registry, plug);
  const { wire } = definition;
  const [row] = await engine.adapter.db
    .select()
    .from(wires)
    .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
  if (!wire.listMissed || !row || row.status === "disabled") {
    throw new KhotanError("wire_not_connected", `${plug}'s wire is not connected any more.`);
  }
  const context = await wireContext(engine, plug, tenant, wire, row, signal);
  const listed: MissedEvents = await wire.listMissed(context, new Date(gap.since), new Date(gap.until));
  const seen = new Set<string>();
  let batch: NewEvent[] = [];
  for await (const missed of listed) {
    signal.throwIfAborted();
    const event = await missedEvent(engine, definition, tenant, missed, engine.clock.now());
    if (!matchesEvent(wire.events, event.type) || seen.has(event.dedupeKey)) continue;
    seen.add(event.dedupeKey);
    batch.push(event);
    if (batch.length < BATCH) continue;
    await store(engine, receiver, gap, figures, batch);
    batch = [];
  }
  signal.throwIfAborted();
  await store(engine, receiver, gap, figures, batch);
}

const knownRow = z.object({ key: z.string(), mine: z.boolean() });

/** Store what is not there; what is, is not counted as a webhook that came again. */
async function store(
  engine: Engine,
  receiver: Pick<Receiver, "insert">,
  gap: ClaimedGap,
  figures: Figures,
  batch: readonly NewEvent[],
): Promise<void> {
  if (batch.length === 0) return;
  const keys = JSON.stringify(batch.map((event) => event.dedupeKey));
  const known = await rows(
    engine.adapter.db,
    sql`
      select dedupe_key as key, origin = 'repair' and received_at >= to_timestamp(${gap.created}::double precision / 1000) as mine
      from khotan_events where plug = ${gap.plug} and tenant = ${gap.tenant}
        and dedupe_key in (select value from jsonb_array_elements_text(${keys}::text::jsonb))
    `,
    knownRow,
  );
  const mine = new Map(known.map((row) => [row.key, row.mine]));
  const results = await Promise.all(
    batch.map(async (event) => {
      const there = mine.get(event.dedupeKey);
      if (there !== undefined) return there; // an earlier attempt at this gap may have stored it
      const stored = await receiver.insert(event);
      if (!stored.duplicate) engine.publisher.publish("events", stored.id);
      return !stored.duplicate;
    }),
  );
  figures.found += results.length;
  figures.ingested += results.filter(Boolean).length;
  figures.duplicates = figures.found - figures.ingested;
}

/** Say that it goes on. @returns `false` when somebody else has it. */
async function renew(engine: Engine, gap: ClaimedGap, figures: Figures): Promise<boolean> {
  const kept = await rows(
    engine.adapter.db,
    sql`
      update khotan_wire_gaps set lease_until = now() + ${GAP_LEASE_MS} * interval '1 millisecond',
        found = ${figures.found}, ingested = ${figures.ingested}, duplicates = ${figures.duplicates}
      where id = ${gap.id}::uuid and lease_token = ${gap.token}::uuid returning 1 as one
    `,
    z.unknown(),
  );
  engine.publisher.publish("gaps", gap.id);
  return kept.length > 0;
}

const close = (engine: Engine, gap: ClaimedGap, figures: Figures) =>
  end(engine, gap, figures, sql`status = 'closed', finished_at = now(), next_attempt_at = null, error = null`);

async function fail(engine: Engine, gap: ClaimedGap, figures: Figures, failure: Failure): Promise<void> {
  const wait = RETRY_MS[gap.attempts - 1];
  const error = sql`error = ${JSON.stringify(failure)}::text::jsonb`;
  await end(
    engine,
    gap,
    figures,
    wait === undefined
      ? sql`status = 'failed', finished_at = now(), next_attempt_at = null, ${error}`
      : sql`status = 'pending', next_attempt_at = now() + ${wait} * interval '1 millisecond', ${error}`,
  );
  engine.log.warn({ plug: gap.plug, tenant: gap.tenant, code: failure.code }, "a gap could not be repaired");
}

async function giveBack(engine: Engine, gap: ClaimedGap): Promise<void> {
  await run(
    engine.adapter.db,
    sql`
      update khotan_wire_gaps set status = 'pending', next_attempt_at = now(), attempts = attempts - 1, lease_token = null, lease_until = null
      where id = ${gap.id}::uuid and lease_token = ${gap.token}::uuid
    `,
  );
  engine.publisher.publish("gaps", gap.id);
}

/** End an attempt, and announce it. */
async function end(engine: Engine, gap: ClaimedGap, figures: Figures, change: ReturnType<typeof sql>): Promise<void> {
  await engine.adapter.db.transaction(async (tx) => {
    await run(
      tx,
      sql`
        update khotan_wire_gaps set ${change}, found = ${figures.found}, ingested = ${figures.ingested},
          duplicates = ${figures.duplicates}, lease_token = null, lease_until = null
        where id = ${gap.id}::uuid and lease_token = ${gap.token}::uuid
      `,
    );
    await announce(tx, "wires", null);
    await announce(tx, "gaps", gap.id);
  });
}
