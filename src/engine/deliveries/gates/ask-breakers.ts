import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows, type Transaction } from "../../database/adapter.ts";
import type { ClaimedDelivery } from "../claim-deliveries.ts";
import { type BreakerKey, breakerId, readBreakers, type StoredBreaker, saveBreaker } from "./breaker-row.ts";
import { beginProbe, mayCall } from "./decide-breaker.ts";
import type { Hold } from "./hold-deliveries.ts";

export interface BreakersAnswer {
  readonly allowed: readonly string[];
  readonly hold: readonly Hold[];
  /** The deliveries that try a destination, and the breaker they try for. */
  readonly probes: ReadonlyMap<string, StoredBreaker>;
}

const askingRow = z.object({ id: z.string(), tenant: z.string() });

/**
 * Which of these deliveries may call their destination. Locks the breakers it asks until the transaction ends: who is to
 * wait for one is told so before it can close, and only one delivery becomes the probe.
 */
export async function askBreakers(tx: Transaction, plug: string, ids: readonly string[]): Promise<BreakersAnswer> {
  const asking = await rows(
    tx,
    sql`
      select d.id::text as id, ${connectionTenant(plug, sql`d.tenant`)} as tenant
      from khotan_deliveries d
      where d.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
        and d.status in ('pending', 'failed') and d.held is null
      order by d.priority, d.id
    `,
    askingRow,
  );
  const tenants = JSON.stringify([...new Set(asking.map((row) => row.tenant))]);
  const open = await readBreakers(
    tx,
    sql`
      b.plug = ${plug} and b.open and b.tenant in (select jsonb_array_elements_text(${tenants}::text::jsonb))
      order by b.tenant for update of b
    `,
  );
  const byTenant = new Map(open.map((breaker) => [breaker.tenant, breaker]));
  const allowed: string[] = [];
  const hold: Hold[] = [];
  const probes = new Map<string, StoredBreaker>();
  for (const { id, tenant } of asking) {
    const breaker = byTenant.get(tenant);
    const answer = breaker ? mayCall(breaker.state, breaker.now, breaker.alive) : "yes";
    if (breaker && (answer === "no" || [...probes.values()].includes(breaker))) {
      hold.push({ id, reason: "breaker", heldFor: breakerId(breaker) });
      continue;
    }
    if (breaker && answer === "probe") probes.set(id, breaker);
    allowed.push(id);
  }
  return { allowed, hold, probes };
}

/** Those that were chosen to try and got their lease. */
export async function beginProbes(
  tx: Transaction,
  claimed: readonly (ClaimedDelivery | null)[],
  probes: BreakersAnswer["probes"],
): Promise<void> {
  for (const delivery of claimed) {
    const breaker = delivery && probes.get(delivery.id);
    if (!delivery || !breaker) continue;
    const probe = { deliveryId: delivery.id, token: delivery.lease_token };
    await saveBreaker(tx, breaker, beginProbe(breaker.state, probe, breaker.now));
  }
}

/** A destination has the same tenant's connection if there is one, else the default tenant's; see `bindDestination`. */
const connectionTenant = (plug: string, tenant: ReturnType<typeof sql>) => sql`
  case when exists (select from khotan_connections c where c.plug = ${plug} and c.tenant = ${tenant}) then ${tenant} else 'default' end
`;

const tenantRow = z.object({ tenant: z.string() });

/** The breaker that a tenant's deliveries to a plug go through. */
export async function findBreakerKey(
  executor: Pick<Executor, "execute">,
  plug: string,
  tenant: string,
): Promise<BreakerKey> {
  const [row] = await rows(executor, sql`select ${connectionTenant(plug, sql`${tenant}::text`)} as tenant`, tenantRow);
  return { plug, tenant: row?.tenant ?? tenant };
}
