import { Logger as GraphileLogger } from "graphile-worker";
import type { Logger } from "../logger.ts";

/** The queue reports every job; only its warnings and errors are worth a line of ours. */
export const graphileLogger = (log: Logger): GraphileLogger =>
  new GraphileLogger(() => (level, message) => {
    if (level === "error") log.error({ part: "queue" }, message);
    // Many workers share few connections on purpose: a process may hold 20 in all.
    else if (level === "warning" && !message.includes("maxPoolSize")) log.warn({ part: "queue" }, message);
    else log.debug({ part: "queue" }, message);
  });
