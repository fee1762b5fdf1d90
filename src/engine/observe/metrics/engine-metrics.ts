import { Gauge, type Registry } from "prom-client";
import { z } from "zod";
import type { Engine } from "../../context.ts";
import type { LiveRuns } from "../../runs/live-runs.ts";
import { VERSION } from "../../version.ts";

/** Add the gauges that are facts of one process' hub: what runs in it, who waits, what it is. */
export function addEngineMetrics(registry: Registry, engine: Engine, live: Pick<LiveRuns, "all">): void {
  const registers = [registry];
  new Gauge({
    name: "khotan_build_info",
    help: "1, with what runs here.",
    labelNames: ["version", "node", "role"],
    registers,
  }).set({ version: VERSION, node: process.version, role: engine.settings.role }, 1);
  new Gauge({
    name: "khotan_runs_live",
    help: "Runs that this process is executing.",
    registers,
    collect() {
      this.set(live.all().length);
    },
  });
  new Gauge({
    name: "khotan_limit_waiting_calls",
    help: "Outbound calls that wait in this process for a plug's rate limit or concurrency.",
    labelNames: ["plug"],
    registers,
    collect() {
      this.reset();
      for (const [plug, waiting] of engine.limiters.waiting()) this.set({ plug }, waiting);
    },
  });
  new Gauge({
    name: "khotan_exchanges_kept",
    help: "Outbound calls since the start: stored, stored without their bodies, dropped, failed to store; and those that wait.",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, count] of Object.entries(engine.exchanges.stats())) this.set({ state }, count);
    },
  });
  const pool = poolOf(engine.adapter.db);
  if (!pool) return;
  new Gauge({
    name: "khotan_database_pool_connections",
    help: "Connections of the app's own pool: all, idle, and callers that wait for one.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "total" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
}

/** node-postgres tells of its pool, whichever copy of it the app brought; postgres-js does not. */
function poolOf(db: object): z.output<typeof poolShape> | null {
  const shape = poolShape.safeParse("$client" in db ? db.$client : null);
  // What was parsed is a copy of now; the pool itself is asked at each scrape.
  return shape.success && "$client" in db ? (db.$client as z.output<typeof poolShape>) : null;
}

const poolShape = z.object({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() });
