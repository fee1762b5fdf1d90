import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal, SeriesList } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { readStored } from "../database/stored-setting.ts";
import { KhotanError } from "../errors.ts";
import { STEP_MS } from "./read-series.ts";
import { keyShown } from "./read-totals.ts";
import { ROLL_STATE } from "./roll-minutes.ts";
import { rollStateSchema } from "./roll-window.ts";
import { type FiguresQuery, figuresOf, timeOf } from "./series-query.ts";

const MAX_KEYS = 200;
const MAX_STEPS = 100;

const stepRow = z.object({
  key: z.string(),
  at: z.coerce.number(),
  count: z.coerce.number(),
  failures: z.coerce.number(),
});

/**
 * Counts over time of everything of a kind, in one read: a page of cards asks once, not once a card.
 *
 * @throws KhotanError `validation_failed` for more than 100 steps, an empty time, or a key that is no id.
 * @example await readSeriesList(engine, principal, { subject: "exchange", since, step: "hour" });
 */
export async function readSeriesList(
  engine: Pick<Engine, "adapter" | "clock">,
  principal: Principal,
  query: FiguresQuery & { readonly step: keyof typeof STEP_MS },
): Promise<SeriesList> {
  const stepMs = STEP_MS[query.step];
  const asked = timeOf(query, engine.clock.now());
  const time = { since: Math.floor(asked.since / stepMs) * stepMs, until: Math.ceil(asked.until / stepMs) * stepMs };
  const length = (time.until - time.since) / stepMs;
  if (length > MAX_STEPS) {
    throw new KhotanError("validation_failed", `That is ${length} steps; at most ${MAX_STEPS} are given at once.`, {
      hint: "Take a larger step or a shorter time.",
      issues: [{ path: "step", message: "Too small for this time." }],
    });
  }
  const { db } = engine.adapter;
  const state = stepMs >= STEP_MS.hour ? await readStored(db, ROLL_STATE, rollStateSchema) : null;
  const found = await rows(
    db,
    sql`
      with figures as materialized (${figuresOf(principal, query, time, state?.foldedTo ?? null)}
      ), busiest as (
        select key, sum(count) as total from figures group by 1 order by 2 desc, 1 limit ${MAX_KEYS}
      )
      select key, extract(epoch from date_bin(${sql.raw(`'${stepMs / 1_000} seconds'::interval`)}, minute, 'epoch')) * 1000 as at,
        sum(count) as count, sum(failures) as failures
      from figures join busiest using (key) group by key, total, 2 order by total desc, key, at
    `,
    stepRow,
  );
  const byKey = new Map<string, { counts: number[]; failures: number[] }>();
  for (const { key, at, count, failures } of found) {
    const line = byKey.get(key) ?? { counts: Array<number>(length).fill(0), failures: Array<number>(length).fill(0) };
    byKey.set(key, line);
    const place = (at - time.since) / stepMs;
    line.counts[place] = count;
    line.failures[place] = failures;
  }
  return {
    subject: query.subject,
    step: query.step,
    times: Array.from({ length }, (_, place) => new Date(time.since + place * stepMs).toISOString()),
    items: [...byKey].map(([key, line]) => ({ key: keyShown(query.subject, key), ...line })),
  };
}
