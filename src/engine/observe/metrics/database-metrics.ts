import { Gauge, type Registry } from "prom-client";
import type { Adapter } from "../../database/adapter.ts";
import { type DatabaseFigure, readDatabaseFigures } from "./database-figures.ts";

/** Several scrapers, or a nervous one, shall not read the database more often. */
const KEPT_MS = 5_000;
/** A scrape has 10 seconds by default; a database that does not answer by then is away. */
const PATIENCE_MS = 4_000;

/** Of each figure: the gauge's name, the labels its columns stand for, and its help. */
const GAUGES: Readonly<Record<string, readonly [name: string, labels: readonly string[], help: string]>> = {
  backlog: [
    "khotan_deliveries_waiting",
    ["plug", "handler", "state"],
    "Deliveries that are not over: due, scheduled for later, running, or held and why. Not counted beyond 50,000.",
  ],
  oldest: [
    "khotan_backlog_oldest_seconds",
    ["plug", "handler"],
    "How long the oldest due delivery of a handler has been due.",
  ],
  dead: ["khotan_dead_letters", ["plug", "handler"], "Deliveries that gave up. Not counted beyond 10,000 a handler."],
  runs: ["khotan_runs", ["status"], "Runs that are not over, in all processes."],
  connections: ["khotan_connections", ["plug", "status"], "Connections by status."],
  wires: ["khotan_wires", ["plug", "status"], "Wires by status."],
  wire_expires: ["khotan_wire_expires_seconds", ["plug"], "Until the first of a plug's wires expires; below 0 it has."],
  breakers: ["khotan_breakers_open", ["plug", "state"], "Circuit breakers that are not closed, over all connections."],
  jobs: ["khotan_queue_jobs", ["state"], "Jobs in the queue. Not counted beyond 50,000."],
  processes: ["khotan_processes", ["role"], "Processes of the hub that are alive."],
  sessions: ["khotan_database_sessions", ["state"], "Sessions of this database that this role may see, by state."],
  sessions_max: ["khotan_database_sessions_max", [], "Sessions the server allows."],
  bytes: ["khotan_database_bytes", [], "Size of the database on disk."],
};

/**
 * Add the gauges that are read from the database when somebody scrapes, and kept for some seconds. They are the same
 * in every process: take the `max` over processes, never the sum. While the database is away they are left out.
 */
export function addDatabaseMetrics(
  registry: Registry,
  adapter: Pick<Adapter, "db">,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({ name: "khotan_database_up", help: "1 when the database answered this scrape.", registers });
  const gauges = new Map(
    Object.entries(GAUGES).map(([key, [name, labelNames, help]]) => [
      key,
      { labelNames, gauge: new Gauge({ name, help, labelNames: [...labelNames], registers }) },
    ]),
  );
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  function show(figures: readonly DatabaseFigure[]): void {
    for (const { gauge } of gauges.values()) gauge.reset();
    for (const { name, a, b, c, value } of figures) {
      const known = gauges.get(name);
      const values = [a, b, c];
      known?.gauge.set(Object.fromEntries(known.labelNames.map((label, at) => [label, values[at] ?? ""])), value);
    }
  }

  async function read(): Promise<void> {
    const figures = await answerWithin(readDatabaseFigures(adapter.db));
    show(figures ?? []);
    if (figures === null) for (const { gauge } of gauges.values()) gauge.remove(); // those without labels begin at 0
    up.set(figures === null ? 0 : 1);
    readAt = figures === null ? Number.NEGATIVE_INFINITY : now();
  }

  return async () => {
    if (now() - readAt < KEPT_MS) return;
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  };
}

async function answerWithin<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
