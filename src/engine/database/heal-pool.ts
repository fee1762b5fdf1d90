import type { Pool, PoolClient } from "pg";

/** Who holds a connection that broke hears of it at once and gives it back; after this long nobody will any more. */
const GRACE_MS = 5_000;

/**
 * Take back connections that broke while they were in use and were never given
 * back. Drizzle's node-postgres driver loses the connection of a transaction
 * whose `begin` fails; so a database that restarts would cost a pool one
 * connection after the other, until it stands still with none.
 *
 * @example const pool = new pg.Pool({ connectionString, max: 10 }); healPool(pool); const db = drizzle(pool);
 */
export function healPool(pool: Pool, graceMs: number = GRACE_MS): void {
  const watched = new Map<PoolClient, () => void>();
  // Without a listener the end of a connection in use would be an uncaught exception.
  const ignore = () => undefined;
  pool.on("error", ignore);
  pool.on("acquire", (client) => {
    const onEnd = () => {
      setTimeout(() => {
        if (watched.get(client) === onEnd) client.release(new Error("The connection broke."));
      }, graceMs).unref();
    };
    watched.set(client, onEnd);
    client.on("error", ignore);
    client.on("end", onEnd);
  });
  pool.on("release", (_error, client) => {
    const onEnd = watched.get(client);
    watched.delete(client);
    client.off("error", ignore);
    if (onEnd) client.off("end", onEnd);
  });
}
