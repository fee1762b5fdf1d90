import { Logger as GraphileLogger } from "graphile-worker";
import type { Logger } from "../logger.ts";

/** The queue reports every job; only its warnings and errors are worth a line of ours. */
export const graphileLogger = (log: Logger): GraphileLogger =>
  new GraphileLogger(() => (level, message) => {
    if (level === "error") log.error({ part: "queue" }, message);
    else if (level === "warning") log.warn({ part: "queue" }, message);
    else log.debug({ part: "queue" }, message);
  });
