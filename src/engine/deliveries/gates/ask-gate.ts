import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import type { LimitRules } from "../../limits/limit-rules.ts";
import { decideGate, type GateAnswer } from "./decide-gate.ts";
import { EMPTY_GATE, type GateState, readGateState } from "./gate-state.ts";
import { holdDeliveries } from "./hold-deliveries.ts";
import { releaseWaiting } from "./release-waiting.ts";

const stateRow = z.object({ state: z.unknown(), now: z.coerce.number() });
const candidate = z.object({ id: z.string(), priority: z.number() });
const viewRow = z.object({ running: z.number(), asking: z.array(candidate), waiting: z.array(candidate) });

/** More are not let go at once, however wide the gate: the rest follows when these have ended. */
const MAX_RELEASED = 200;

/**
 * Ask a handler's gate which of these deliveries may run, and let others go for which there is room. Nobody else may
 * decide about this handler until the transaction ends; so what is counted here stays true until it is committed.
 *
 * With nobody asking it is the event that frees: a delivery has ended, or the rate has room again.
 *
 * @param goneIds wait for something else now: no place is kept for them.
 */
export async function askGate(
  tx: Transaction,
  handlerId: string,
  rules: LimitRules,
  askingIds: readonly string[],
  goneIds: readonly string[] = [],
): Promise<GateAnswer> {
  const { state, now } = (await lock(tx, handlerId)) ?? (await make(tx, handlerId));
  const view = await look(tx, handlerId, askingIds, Math.min(MAX_RELEASED, rules.concurrency ?? MAX_RELEASED));
  const before = readGateState(state);
  const answer = decideGate(withoutPermits(before, goneIds), rules, view, now);
  await holdDeliveries(tx, answer.hold);
  await releaseWaiting(tx, answer.release);
  if (JSON.stringify(answer.state) === JSON.stringify(before)) return answer;
  await run(
    tx,
    sql`
      update khotan_handler_gates set state = ${JSON.stringify(answer.state)}::text::jsonb, updated_at = now()
      where handler_id = ${handlerId}::uuid
    `,
  );
  return answer;
}

function withoutPermits(state: GateState, ids: readonly string[]): GateState {
  const permits = Object.entries(state.permits).filter(([id]) => !ids.includes(id));
  return { ...state, permits: Object.fromEntries(permits) };
}

async function lock(tx: Transaction, handlerId: string) {
  const query = sql`
    select state, extract(epoch from clock_timestamp())::float8 * 1000 as now
    from khotan_handler_gates where handler_id = ${handlerId}::uuid for update
  `;
  const [row] = await rows(tx, query, stateRow);
  return row;
}

async function make(tx: Transaction, handlerId: string) {
  await run(
    tx,
    sql`
      insert into khotan_handler_gates (handler_id, state)
      values (${handlerId}::uuid, ${JSON.stringify(EMPTY_GATE)}::text::jsonb) on conflict do nothing
    `,
  );
  const row = await lock(tx, handlerId);
  if (!row) throw new Error("the gate vanished between insert and read");
  return row;
}

/** A statement of its own, after the lock: it sees what whoever held the lock before has committed. */
async function look(tx: Transaction, handlerId: string, askingIds: readonly string[], max: number) {
  const waitingFor = (reason: "handler_limit" | "rate") => sql`
    (
      select id, priority from khotan_deliveries
      where handler_id = ${handlerId}::uuid and held = ${reason} and status in ('pending', 'failed')
      order by priority, id limit ${max}
    )
  `;
  const [view] = await rows(
    tx,
    sql`
      select
        (
          select count(*)::int from khotan_deliveries
          where handler_id = ${handlerId}::uuid and status = 'running'
        ) as running,
        (
          select coalesce(jsonb_agg(jsonb_build_object('id', id, 'priority', priority)), '[]') from khotan_deliveries
          where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(askingIds)}::text::jsonb))
            and status in ('pending', 'failed') and held is null
            and (next_attempt_at is null or next_attempt_at <= now() + interval '100 milliseconds')
        ) as asking,
        (
          select coalesce(jsonb_agg(jsonb_build_object('id', id, 'priority', priority) order by priority, id), '[]')
          from (${waitingFor("handler_limit")} union all ${waitingFor("rate")}) waiting
        ) as waiting
    `,
    viewRow,
  );
  if (!view) throw new Error("a question without an answer");
  return view;
}
