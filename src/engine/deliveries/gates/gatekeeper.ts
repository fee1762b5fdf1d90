import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../../context.ts";
import { rows } from "../../database/adapter.ts";
import { naturalBatch } from "../../database/natural-batch.ts";
import { describeError } from "../../describe-error.ts";
import type { LiveHandler } from "../../registry/registry.ts";
import { type ClaimedDelivery, type ClaimRequest, claimDeliveries } from "../claim-deliveries.ts";
import { createAlarms } from "./alarms.ts";
import { askBreakers, beginProbes } from "./ask-breakers.ts";
import { askGate } from "./ask-gate.ts";
import { type Breakers, createBreakers } from "./breakers.ts";
import { holdDeliveries } from "./hold-deliveries.ts";
import { type KeyCursor, releaseFollowers, releaseKeys, sweepKeys } from "./release-order.ts";
import { releaseUnlimited } from "./release-waiting.ts";

export type Claim = (request: ClaimRequest) => Promise<ClaimedDelivery | null>;

/** A delivery whose attempt ended, or that was ended without one. */
export interface LeftDelivery {
  readonly id: string;
  readonly handler_id: string;
  readonly order_key: string | null;
}

/**
 * Who may run now: order by key, limits of handlers, breakers of destinations.
 * A delivery that may not is held with a reason, and released by what frees it.
 */
export interface Gatekeeper {
  readonly breakers: Breakers;
  /** Ids of the handlers whose deliveries must be claimed by `claim`; those of all others may be taken together. */
  gated(): readonly string[];
  /** Claim a delivery if it may run. Handlers without a gate take the given, batched way. */
  claim(deliveryId: string, fast: Claim): Promise<ClaimedDelivery | null>;
  /** A delivery gave its place free; `final` when it will not run again. Not waited for: the sweep does what is lost. */
  left(delivery: LeftDelivery, final: boolean): void;
  /** These were delivered anew; what they wait for may have ended meanwhile. */
  replayed(deliveryIds: readonly string[]): void;
  /** Deliveries of these keys (see `orderKeyOf`) and handlers were stored; what they wait for may have ended meanwhile. */
  stored(keys: readonly string[], limitedHandlers: readonly string[]): void;
  /** Do something soon and without being waited for. */
  soon(work: () => Promise<unknown>): void;
  sweep(): Promise<void>;
  /** Until what was begun `soon` is done, and what that began. */
  idle(): Promise<void>;
  /** Wait for what is under way, and let no alarm ring any more. */
  stop(): Promise<void>;
}

type Parts = Pick<Engine, "adapter" | "registry" | "publisher" | "log" | "processId">;

const handlerRow = z.object({ id: z.string(), handler_id: z.string() });
const idRow = z.object({ handler_id: z.string() });

export function createGatekeeper(engine: Parts): Gatekeeper {
  const { adapter, registry, log } = engine;
  const trouble = (error: unknown) =>
    log.warn({ error: describeError(error) }, "a waiting delivery could not be let go; the sweep will do it");
  const alarms = createAlarms(trouble);
  const breakers = createBreakers(engine, alarms);
  const underWay = new Set<Promise<unknown>>();
  const gates = new Map<string, Gate>();
  let cursor: KeyCursor | null = null;

  function soon(work: () => Promise<unknown>): void {
    const done = work()
      .catch(trouble)
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  async function idle(): Promise<void> {
    while (underWay.size > 0) await Promise.all([...underWay]);
  }

  const handlerOf = naturalBatch<string, string | null>({
    async run(ids) {
      const query = sql`
        select id::text, handler_id::text from khotan_deliveries
        where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
      `;
      const found = new Map((await rows(adapter.db, query, handlerRow)).map((row) => [row.id, row.handler_id]));
      return ids.map((id) => found.get(id) ?? null);
    },
  });
  const follow = naturalBatch<string, null>({
    async run(ids) {
      await releaseFollowers(adapter.db, ids);
      return ids.map(() => null);
    },
  });

  const isBroken = ({ definition }: LiveHandler) => definition.to !== null && breakers.isOpen(definition.to);
  const hasGate = (handler: LiveHandler) => handler.definition.limits !== null || isBroken(handler);

  /** One for each handler, so that those of a slow one do not hold up the others'. */
  function gateOf(handlerId: string): Gate {
    const known = gates.get(handlerId);
    if (known) return known;
    const gate: Gate = {
      claim: naturalBatch<string, ClaimedDelivery | null>({
        run: (ids) => claimThrough(handlerId, ids),
        maxItems: 200,
      }),
      open: naturalBatch<null, null>({
        async run(items) {
          const limits = registry.handler(handlerId)?.definition.limits;
          if (limits) {
            const { waitMs } = await adapter.db.transaction((tx) => askGate(tx, handlerId, limits, []));
            wake(handlerId, waitMs);
          }
          return items.map(() => null);
        },
      }),
    };
    gates.set(handlerId, gate);
    return gate;
  }

  const wake = (handlerId: string, waitMs: number | null): void => {
    if (waitMs !== null) alarms.set(`rate ${handlerId}`, waitMs, () => gateOf(handlerId).open(null));
  };

  /** All in one transaction: what is decided here is committed together with the leases it gives. */
  async function claimThrough(handlerId: string, ids: readonly string[]): Promise<(ClaimedDelivery | null)[]> {
    const handler = registry.handler(handlerId);
    const limits = handler?.definition.limits ?? null;
    const destination = handler && isBroken(handler) ? handler.definition.to : null;
    const { claimed, waitMs } = await adapter.db.transaction(async (tx) => {
      const asked = destination === null ? null : await askBreakers(tx, destination, ids);
      const allowed = asked?.allowed ?? ids;
      await holdDeliveries(tx, asked?.hold ?? []);
      const held = (asked?.hold ?? []).map((one) => one.id);
      const answer = limits && (await askGate(tx, handlerId, limits, allowed, held));
      const go = answer?.go ?? allowed;
      const requests = go.map((deliveryId) => ({ deliveryId, processId: engine.processId }));
      const got = requests.length === 0 ? [] : await claimDeliveries(tx, requests);
      if (asked) await beginProbes(tx, got, asked.probes);
      return { claimed: got, waitMs: answer?.waitMs ?? null };
    });
    wake(handlerId, waitMs);
    const byId = new Map(claimed.flatMap((one) => (one ? [[one.id, one] as const] : [])));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async function openGates(): Promise<void> {
    const limited = registry.limitedHandlers();
    const ids = JSON.stringify(limited);
    const waited = await rows(
      adapter.db,
      sql`
        select value as handler_id from jsonb_array_elements_text(${ids}::text::jsonb)
        where exists (
          select from khotan_deliveries d where d.handler_id = value::uuid and d.held in ('handler_limit', 'rate')
        )
      `,
      idRow,
    );
    for (const { handler_id } of waited) await gateOf(handler_id).open(null);
    await releaseUnlimited(adapter.db, limited);
  }

  return {
    breakers,
    soon,
    gated: () =>
      registry.hasLimits || registry.destinations.some((plug) => breakers.isOpen(plug))
        ? registry
            .handlers()
            .filter(hasGate)
            .map((handler) => handler.id)
        : [],
    async claim(deliveryId, fast) {
      const request = { deliveryId, processId: engine.processId };
      if (!registry.hasLimits && !registry.destinations.some((plug) => breakers.isOpen(plug)))
        return await fast(request);
      const handlerId = await handlerOf(deliveryId);
      const handler = handlerId === null ? null : registry.handler(handlerId);
      if (!handler || !hasGate(handler)) return await fast(request);
      return await gateOf(handler.id).claim(deliveryId);
    },
    left(delivery, final) {
      if (final && delivery.order_key !== null) soon(() => follow(delivery.id));
      if (registry.handler(delivery.handler_id)?.definition.limits) soon(() => gateOf(delivery.handler_id).open(null));
    },
    replayed: (ids) => soon(() => releaseFollowers(adapter.db, ids)),
    stored(keys, limitedHandlers) {
      if (keys.length > 0) soon(() => releaseKeys(adapter.db, keys));
      for (const id of limitedHandlers) soon(() => gateOf(id).open(null));
    },
    async sweep() {
      cursor = (await sweepKeys(adapter.db, cursor)).cursor;
      await openGates();
      await breakers.sweep();
    },
    idle,
    async stop() {
      alarms.stop();
      await idle();
    },
  };
}

interface Gate {
  readonly claim: (deliveryId: string) => Promise<ClaimedDelivery | null>;
  /** Let go whoever there is room for. */
  readonly open: (nothing: null) => Promise<null>;
}
