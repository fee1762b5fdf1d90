import pg from "pg";
import { healPool } from "../database/heal-pool.ts";
import { isConnectionError } from "../database/sql-state.ts";

/** "Cannot connect now": graphile-worker tries again what fails with it. */
const TRY_AGAIN = "57P03";

/**
 * Connections for a graphile-worker runner that outlives its database.
 *
 * A worker that cannot say "this job is done" ends itself for ever, and a
 * restart of the database ends all that are busy, one by one, until the queue
 * stands still. It does try again when Postgres is starting up; so every way in
 * which a connection can break is told as that. What it tries again, taking,
 * finishing and failing a job, may be done twice.
 */
export function createQueuePool(url: string, options: { readonly max: number; readonly name: string }): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: options.max, application_name: options.name });
  healPool(pool);
  pool.on("connect", (client) => tryAgainOn(client, "query"));
  tryAgainOn(pool, "connect");
  return pool;
}

/** Replaces a method that returns a promise, unless it is given a callback. */
function tryAgainOn<Name extends string>(target: Record<Name, (...args: never[]) => unknown>, name: Name): void {
  const method = target[name];
  const replaced = (...args: never[]): unknown => {
    const result = Reflect.apply(method, target, args);
    return result instanceof Promise ? result.catch(explain) : result;
  };
  Object.defineProperty(target, name, { value: replaced, configurable: true, writable: true });
}

function explain(error: unknown): never {
  if (!(error instanceof Error) || !isConnectionError(error)) throw error;
  throw Object.assign(new Error(error.message, { cause: error }), { code: TRY_AGAIN });
}
