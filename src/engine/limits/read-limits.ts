import { and, eq, inArray, sql } from "drizzle-orm";
import type { LimitRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { limits } from "../database/schema/index.ts";
import type { AnyPlug } from "../plugs/index.ts";
import { type LimitRules, limitRules } from "./limit-rules.ts";
import { EMPTY_STATE, type LimitState, readState } from "./limit-state.ts";

type Parts = Pick<Engine, "adapter" | "registry">;

/**
 * How much of its limits a connection uses now, and who waits; `null` when the plug declares none.
 *
 * @throws KhotanError `plug_not_found`
 */
export async function readLimits(engine: Parts, plug: string, tenant: string): Promise<LimitRecord | null> {
  const [record] = await listLimits(engine, { plug, tenant });
  return record ?? null;
}

/** The same for one tenant and every plug that declares a limit. @throws KhotanError `plug_not_found` */
export async function listLimits(
  engine: Parts,
  query: { readonly plug?: string; readonly tenant: string },
): Promise<LimitRecord[]> {
  const { plug, tenant } = query;
  const plugs = plug === undefined ? [...engine.registry.definitions.values()] : [engine.registry.plug(plug)];
  const limited = plugs.flatMap(({ plug: definition }) => {
    const rules = limitRules(definition);
    return rules ? [{ definition, rules }] : [];
  });
  if (limited.length === 0) return [];
  const names = limited.map(({ definition }) => definition.name);
  const stored = await engine.adapter.db
    .select({
      plug: limits.plug,
      state: limits.state,
      now: sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`.mapWith(Number),
    })
    .from(limits)
    .where(and(inArray(limits.plug, names), eq(limits.tenant, tenant)));
  const rowOf = new Map(stored.map((row) => [row.plug, row]));
  return limited.map(({ definition, rules }) => {
    const row = rowOf.get(definition.name);
    return toRecord(definition, rules, tenant, row ? readState(row.state) : EMPTY_STATE, row?.now ?? 0);
  });
}

function toRecord(
  plug: Pick<AnyPlug, "name">,
  { rate, concurrency }: LimitRules,
  tenant: string,
  state: LimitState,
  now: number,
): LimitRecord {
  const alive = Object.values(state.holders).filter((holder) => holder.leaseUntil > now);
  const waiting = alive.filter((holder) => holder.waiting > 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  const spent = rate ? state.spent.filter(([until]) => until + rate.windowMs > now) : [];
  return {
    plug: plug.name,
    tenant,
    limit: { calls: rate?.calls ?? null, windowMs: rate?.windowMs ?? null, burst: rate?.burst ?? null, concurrency },
    used: { calls: sum(spent.map(([, calls]) => calls)), concurrency: sum(alive.map((holder) => holder.held)) },
    waiting: sum(waiting.map((holder) => holder.waiting)),
    waitingSince: waiting.length > 0 ? toIso(Math.min(...waiting.map((holder) => holder.since))) : null,
    penalisedUntil: state.pausedUntil > now ? toIso(state.pausedUntil) : null,
  };
}

const toIso = (ms: number): string => new Date(ms).toISOString();
