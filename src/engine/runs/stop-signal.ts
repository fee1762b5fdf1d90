import { setMaxListeners } from "node:events";
import { classifyError } from "./classify-error.ts";
import type { HandlerResult } from "./conclude-attempt.ts";
import type { StopReason } from "./live-runs.ts";

/** A handler that ignores its signal is left behind after this long. */
const GRACE_MS = 5_000;
/** When the whole process stops, it has less time. */
const SHUTDOWN_GRACE_MS = 1_000;

/** How a run can be told to stop, and what became of it. */
export interface StopControl {
  stop(reason: StopReason): void;
  reason(): StopReason | null;
  /** Settles when a stopped handler did not end by itself within the grace time. */
  readonly abandoned: Promise<HandlerResult>;
  clear(): void;
}

/** Abort a handler when somebody says so or its time is over, and leave it behind when it does not listen. */
export function stopSignal(abort: AbortController, timeoutMs: number | null): StopControl {
  let why: StopReason | null = null;
  let grace: NodeJS.Timeout | undefined;
  let abandon: (result: HandlerResult) => void = () => undefined;
  const abandoned = new Promise<HandlerResult>((resolve) => {
    abandon = resolve;
  });
  const stop = (reason: StopReason) => {
    if (why) return;
    why = reason;
    const error = Object.assign(new Error(`The run was stopped: ${reason}.`), { code: `run_${reason}` });
    abort.abort(error);
    grace = setTimeout(() => abandon(classifyError(error)), reason === "shutdown" ? SHUTDOWN_GRACE_MS : GRACE_MS);
  };
  // Every call of a run listens to its signal; many at once are no leak.
  setMaxListeners(0, abort.signal);
  const timer = timeoutMs === null ? undefined : setTimeout(() => stop("timeout"), timeoutMs);
  return {
    stop,
    reason: () => why,
    abandoned,
    clear() {
      clearTimeout(timer);
      clearTimeout(grace);
    },
  };
}
