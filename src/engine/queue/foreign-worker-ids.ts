import { _allWorkerPools } from "graphile-worker/dist/main.js";

/** Names under which this process's hubs lock jobs; each hub tells its own. */
export const ownWorkerIds = new Set<string>();

/**
 * The names under which runners that others started in this process lock jobs.
 * Workflow's Postgres world starts one and tells nobody; when the process dies,
 * somebody has to know whose locks to take away.
 */
export const foreignWorkerIds = (): readonly string[] =>
  _allWorkerPools
    .flatMap((pool) => pool._workers.map((worker) => worker.workerId))
    .filter((id) => !ownWorkerIds.has(id));
