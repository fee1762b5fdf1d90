import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal } from "../../../contract/index.ts";
import { writeAudit } from "../../audit/write-audit.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { rows, type Transaction } from "../../database/adapter.ts";
import { naturalBatch } from "../../database/natural-batch.ts";
import type { BreakerRules } from "../../plugs/index.ts";
import type { Alarms } from "./alarms.ts";
import { findBreakerKey } from "./ask-breakers.ts";
import { type BreakerKey, breakerId, lockBreaker, readBreakers, saveBreaker } from "./breaker-row.ts";
import { type BreakerState, close, learn, openByHand, type Report, type Verdict } from "./decide-breaker.ts";
import { breakersWaitedFor, releaseBroken } from "./release-waiting.ts";

/** What an attempt of a pass has shown of its destination. */
export interface DestinationReport {
  readonly plug: string;
  /** The delivery's tenant; which connection that is is found out here. */
  readonly tenant: string;
  readonly token: string;
  readonly verdict: Verdict;
  readonly message: string | null;
}

export interface SwitchBreaker extends BreakerKey {
  readonly open: boolean;
  readonly reason?: string | undefined;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** The breakers as this process knows them: what they are is in the database, what is asked at each delivery is kept here. */
export interface Breakers {
  /** Whether deliveries to this plug have to ask. A belief: NOTIFY keeps it fresh. */
  isOpen(plug: string): boolean;
  /** Learn from an attempt. Cheap while all is well. */
  report(report: DestinationReport): Promise<void>;
  /** Open or close it by hand. */
  switch(request: SwitchBreaker): Promise<void>;
  refresh(): Promise<void>;
  /** The safety net, and what calls a delivery to try when an alarm was missed. */
  sweep(): Promise<void>;
}

type Parts = Pick<Engine, "adapter" | "registry" | "publisher" | "log">;

const LOT = 500;
const MANY = 10_000;
const SYSTEM: Principal = { id: "khotan", role: "admin", tenants: "*" };
const calledRow = z.object({ called: z.number() });

export function createBreakers(engine: Parts, alarms: Alarms): Breakers {
  const { adapter, registry, publisher, log } = engine;
  let decided = 0;
  let known = new Map<string, BreakerKey & { readonly state: BreakerState }>();
  const wentWell = new Map<string, { since: number; ok: number }>();

  const ofPlug = (plug: string) => [...known.values()].filter((it) => it.plug === plug);
  const rulesOf = (plug: string): BreakerRules | null => registry.findPlug(plug)?.plug.breaker ?? null;

  /** Keep what was just decided, and be awake when somebody may try. */
  function keep(key: BreakerKey, state: BreakerState, now: number): void {
    const id = breakerId(key);
    if (state.open || state.failures > 0) known.set(id, { ...key, state });
    else known.delete(id);
    if (state.open && state.probeAt !== null) alarms.set(`breaker ${id}`, state.probeAt - now, () => callProbe(key));
    else alarms.clear(`breaker ${id}`);
  }

  /** Never two at once, and again when something was decided here meanwhile: an older answer must not replace a newer one. */
  const refreshOnce = naturalBatch<null, null>({
    async run(items) {
      let seen: number;
      do {
        seen = decided;
        await read(() => seen === decided);
      } while (seen !== decided);
      return items.map(() => null);
    },
  });

  async function read(isFresh: () => boolean): Promise<void> {
    const stored = await readBreakers(adapter.db, sql`b.open or b.failures > 0`);
    if (!isFresh()) return;
    const before = known;
    known = new Map();
    for (const [id] of before) if (!stored.some((row) => breakerId(row) === id)) alarms.clear(`breaker ${id}`);
    for (const row of stored) keep(row, row.state, row.now);
    for (const row of stored) if (row.state.open && row.state.probe && !row.alive) await callProbe(row);
  }
  const refresh = async (): Promise<void> => void (await refreshOnce(null));

  /** Let one delivery go that may try. Of all processes that think of it at the same time, one does. */
  async function callProbe(key: BreakerKey): Promise<void> {
    const [called] = await rows(
      adapter.db,
      sql`
        update khotan_breakers b set called_at = now()
        where b.plug = ${key.plug} and b.tenant = ${key.tenant} and b.open and b.probe_at is not null
          and (b.called_at is null or b.called_at < b.probe_at or b.called_at < now() - interval '2 seconds')
          and (b.probe_at <= now() + interval '20 milliseconds' or b.probe_delivery_id is not null and not exists (
            select from khotan_deliveries d
            where d.id = b.probe_delivery_id and d.status = 'running' and d.lease_token = b.probe_token
          ))
        returning 1 as called
      `,
      calledRow,
    );
    if (called) await releaseBroken(adapter.db, breakerId(key), 1);
  }

  async function change(
    key: BreakerKey,
    actor: Principal,
    requestId: string | undefined,
    decide: (before: BreakerState, now: number) => BreakerState,
  ): Promise<void> {
    const { before, after, now } = await adapter.db.transaction(async (tx) => {
      const locked = await lockBreaker(tx, key);
      const next = decide(locked.state, locked.now);
      await saveBreaker(tx, key, next);
      if (next.open !== locked.state.open || next.manual !== locked.state.manual)
        await tell(tx, key, next, actor, requestId);
      return { before: locked.state, after: next, now: locked.now };
    });
    decided++;
    keep(key, after, now);
    if (before.open !== after.open) {
      const facts = { plug: key.plug, tenant: key.tenant, reason: after.reason };
      if (after.open) log.warn(facts, "a destination's breaker opened; deliveries to it wait");
      else log.info(facts, "a destination's breaker closed; its deliveries go on");
    } else if (before.failures > 0 !== after.failures > 0) publisher.publish("breakers", null);
    if (!after.open && before.open) await releaseAll(key);
  }

  async function releaseAll(key: BreakerKey): Promise<void> {
    while ((await releaseBroken(adapter.db, breakerId(key), LOT)).length === LOT);
  }

  const learnAll = naturalBatch<BreakerKey & { report: Report; rules: BreakerRules }, null>({
    async run(items) {
      const byTenant = new Map<string, (typeof items)[number][]>();
      for (const item of items) byTenant.set(breakerId(item), [...(byTenant.get(breakerId(item)) ?? []), item]);
      for (const group of byTenant.values()) {
        const [first] = group;
        if (!first) continue;
        const key = await findBreakerKey(adapter.db, first.plug, first.tenant);
        await change(key, SYSTEM, undefined, (before, now) =>
          group.reduce((state, { report, rules }) => learn(state, rules, report, now), before),
        );
      }
      return items.map(() => null);
    },
  });

  return {
    isOpen: (plug) => ofPlug(plug).some((it) => it.state.open),
    refresh,
    async report({ plug, tenant, token, verdict, message }) {
      const rules = rulesOf(plug);
      if (!rules) return;
      const trouble = ofPlug(plug);
      if (verdict === null && !trouble.some((it) => it.state.open)) return;
      const id = breakerId({ plug, tenant });
      const now = performance.now();
      const counted = wentWell.get(id);
      const fresh = !counted || now - counted.since > (rules.rate?.windowMs ?? 0);
      if (verdict === "ok" && trouble.length === 0) {
        if (wentWell.size > MANY) wentWell.clear(); // it only makes the share of failures look larger for a minute
        if (rules.rate) wentWell.set(id, fresh ? { since: now, ok: 1 } : { ...counted, ok: counted.ok + 1 });
        return;
      }
      wentWell.delete(id);
      const report = { verdict, token, message, okBefore: fresh ? 0 : counted.ok };
      await learnAll({ plug, tenant, report, rules });
    },
    async switch({ plug, tenant, open, reason, actor, requestId }) {
      await change({ plug, tenant }, actor, requestId, (before, now) =>
        open ? openByHand(before, reason ?? "opened by hand", now) : close(before, now),
      );
    },
    async sweep() {
      await refresh();
      for (const { state, plug, tenant } of [...known.values()]) {
        if (!state.open) continue;
        // The app says now that this plug needs none.
        if (!state.manual && registry.findPlug(plug) && !rulesOf(plug)) {
          await change({ plug, tenant }, SYSTEM, undefined, close);
        } else await callProbe({ plug, tenant });
      }
      for (const id of await breakersWaitedFor(adapter.db))
        if (!known.get(id)?.state.open) await releaseBroken(adapter.db, id, LOT);
    },
  };
}

async function tell(
  tx: Transaction,
  key: BreakerKey,
  state: BreakerState,
  actor: Principal,
  requestId: string | undefined,
): Promise<void> {
  await writeAudit(tx, {
    actor,
    action: state.open ? "breaker.open" : "breaker.close",
    ...key,
    data: { reason: state.reason },
    ...(requestId === undefined ? {} : { requestId }),
  });
  await announce(tx, "breakers", null);
}
