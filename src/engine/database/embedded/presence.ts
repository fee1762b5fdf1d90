import pg from "pg";

/** Both halves of the advisory lock that says "a process of this data folder is here". */
const LOCK = [1_801_547_892, 1] as const;

/**
 * A process's registration with the embedded Postgres: a connection that holds a shared advisory lock. It disappears
 * with the process, however that ends, so that "am I the last one?" has an exact answer and nothing can go stale.
 */
export interface Presence {
  /** Were other processes here when we came? */
  readonly joinedOthers: boolean;
  /** Settles when the connection breaks without `leave()`: the server is gone or going. */
  readonly lost: Promise<void>;
  /** Signs off; `true` when nobody else is here, and then nobody can come any more: the caller stops the server. */
  leave(): Promise<boolean>;
  /** Ends the connection; after `leave()`. */
  close(): Promise<void>;
}

export const openPresence = async (url: string): Promise<Presence> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: "khotan presence",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  const lost = new Promise<void>((resolve) => {
    client.once("end", () => resolve());
    client.on("error", () => resolve());
  });
  try {
    await client.connect();
    // Waits while a process that was the last one is stopping the server, and fails when that is done.
    await client.query("select pg_advisory_lock_shared($1, $2)", [...LOCK]);
    const others = await client.query<{ others: boolean }>(
      `select count(*) > 1 as others from pg_locks
       where locktype = 'advisory' and classid = $1::bigint::oid and objid = $2::bigint::oid and granted`,
      [...LOCK],
    );
    return {
      joinedOthers: others.rows[0]?.others === true,
      lost,
      async leave() {
        await client.query("select pg_advisory_unlock_shared($1, $2)", [...LOCK]);
        const last = await client.query<{ last: boolean }>("select pg_try_advisory_lock($1, $2) as last", [...LOCK]);
        return last.rows[0]?.last === true;
      },
      close: () => client.end().catch(() => undefined),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
};
