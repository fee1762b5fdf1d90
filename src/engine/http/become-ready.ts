import { isConnectionError } from "../database/sql-state.ts";
import { describeError } from "../describe-error.ts";
import { KhotanError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Runtime } from "../runtime.ts";

/** Senders of webhooks give up after some seconds; they should hear "again, please" before. */
const PATIENCE_MS = 8_000;

const readyOnes = new WeakSet<Pick<Runtime, "ready">>();

/**
 * Wait until tables, queue and registration are there; the first request makes
 * them, on hosts where nobody else did.
 *
 * @throws KhotanError `database_unavailable`, `not_ready`
 */
export async function becomeReady(
  runtime: Pick<Runtime, "ready">,
  log: Logger,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  // Only a hub that is not ready yet can be late; every other request is spared the timer.
  if (readyOnes.has(runtime)) return await runtime.ready();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new KhotanError("not_ready", "The hub is still starting.", { retryAfterSec: 5 })),
      patienceMs,
    );
  });
  try {
    await Promise.race([runtime.ready(), late]);
    readyOnes.add(runtime);
  } catch (error) {
    if (error instanceof KhotanError) throw error;
    if (isConnectionError(error)) {
      throw new KhotanError("database_unavailable", "The database cannot be reached.", {
        retryAfterSec: 5,
        cause: error,
      });
    }
    log.error({ error: describeError(error) }, "the hub could not be made ready");
    throw new KhotanError("not_ready", "The hub could not be made ready.", {
      hint: "The server's log says why.",
      retryAfterSec: 5,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
