import { setTimeout as pause } from "node:timers/promises";
import { RETENTION_KINDS, type RetentionKind } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { writeStored } from "../database/stored-setting.ts";
import { pruneRejections } from "../events/record-rejection.ts";
import { readBodiesCursor, writeBodiesCursor } from "./bodies-cursor.ts";
import type { PruneCursor } from "./prune-chunk.ts";
import { PRUNE } from "./prune-tables.ts";
import { takePruneTurn } from "./prune-turn.ts";
import { LAST_ROUND } from "./read-retention.ts";
import { readRules } from "./retention-rules.ts";

const DAY_MS = 86_400_000;
/** Rows that could not go are looked at again after this long. */
const AGAIN_MS = 3_600_000;

export interface Pruner {
  /** One round: everything that is too old, batch by batch. @returns rows removed by kind, `null` when another process does it. */
  round(): Promise<Partial<Record<RetentionKind, number>> | null>;
  /** End the round under way after its present batch. */
  stop(): void;
}

export interface PrunerOptions {
  /** Rest after a batch that took `ms`. Default: as long as it took, at least 20 ms. */
  readonly rest?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Removes what retention says is too old. Every statement is its own short
 * transaction over at most 1,000 rows, and the database rests at least as long
 * as it worked.
 */
export function createPruner(engine: Engine, options: PrunerOptions = {}): Pruner {
  const { db } = engine.adapter;
  const stopped = new AbortController();
  const rest =
    options.rest ?? (async (ms, signal) => void (await pause(Math.max(20, ms), null, { signal }).catch(() => null)));
  /** Where each table's pass stands; rows that must stay are not looked at again with each round. */
  const passes = new Map<RetentionKind, { cursor: PruneCursor; begunAt: number }>();

  async function empty(kind: RetentionKind, before: number): Promise<number> {
    const now = engine.clock.now();
    let pass = passes.get(kind);
    if (!pass || Math.abs(now - pass.begunAt) > AGAIN_MS) {
      pass = { cursor: kind === "bodies" ? await readBodiesCursor(db, now) : null, begunAt: now };
      passes.set(kind, pass);
    }
    let gone = 0;
    while (!stopped.signal.aborted && (await takePruneTurn(db, engine.processId))) {
      const begun = performance.now();
      const { removed, last } = await PRUNE[kind](db, before, pass.cursor);
      gone += removed;
      if (last === null) break;
      pass.cursor = last;
      await rest(performance.now() - begun, stopped.signal);
    }
    if (kind === "bodies" && gone > 0) await writeBodiesCursor(db, pass.cursor);
    return gone;
  }

  return {
    async round() {
      if (!(await takePruneTurn(db, engine.processId))) return null;
      const rules = new Map((await readRules(db, engine.settings.retention)).map((rule) => [rule.kind, rule.days]));
      const removed: Partial<Record<RetentionKind, number>> = {};
      for (const kind of RETENTION_KINDS) {
        const days = rules.get(kind);
        if (days === null || days === undefined) continue;
        const gone = await empty(kind, engine.clock.now() - days * DAY_MS);
        if (gone > 0) removed[kind] = gone;
      }
      await pruneRejections(engine.adapter);
      await writeStored(db, LAST_ROUND, { endedAt: new Date(engine.clock.now()).toISOString(), removed });
      engine.publisher.publish("retention", null);
      return removed;
    },
    stop: () => stopped.abort(),
  };
}
