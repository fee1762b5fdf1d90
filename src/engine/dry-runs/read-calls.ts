import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";
import type { ExchangeDetail } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { exchanges, runAttempts } from "../database/schema/index.ts";
import { exchangeDetail } from "../exchanges/exchange-record.ts";
import { callKey } from "./answer-book.ts";

/** A call of a run as it is kept, with what makes it the same call in another run. */
export interface KeptCall {
  readonly key: string;
  readonly exchange: ExchangeDetail;
}

/** Calls looked at; a run with more is compared by its first ones. */
const MAX_CALLS = 200;

/** The calls of a run's last attempt in the order they began, each call once: of its own repetitions the last counts. */
export async function readCalls(engine: Pick<Engine, "adapter">, runId: string): Promise<KeptCall[]> {
  const { db } = engine.adapter;
  const [attempt] = await db
    .select({ startedAt: runAttempts.startedAt })
    .from(runAttempts)
    .where(eq(runAttempts.runId, runId))
    .orderBy(desc(runAttempts.no))
    .limit(1);
  const rows = await db
    .select()
    .from(exchanges)
    .where(
      and(
        eq(exchanges.runId, runId),
        inArray(exchanges.source, ["run", "dry-run"]),
        // Clocks of a process and of the database may differ a little.
        attempt ? gte(exchanges.startedAt, new Date(attempt.startedAt.getTime() - SKEW_MS)) : undefined,
      ),
    )
    .orderBy(asc(exchanges.startedAt), asc(exchanges.id))
    .limit(MAX_CALLS);
  return withoutRepetitions(rows.map(exchangeDetail));
}

const SKEW_MS = 1_000;

/** A call that the plug tried again is one call. Pure. */
export function withoutRepetitions(calls: readonly ExchangeDetail[]): KeptCall[] {
  const kept: KeptCall[] = [];
  for (const exchange of calls) {
    const key = callKey(exchange.method, exchange.url);
    const earlier = kept.findLastIndex((call) => call.key === key && call.exchange.attempt === exchange.attempt - 1);
    if (exchange.attempt > 1 && earlier >= 0) kept[earlier] = { key, exchange };
    else kept.push({ key, exchange });
  }
  return kept;
}
