import { classifyError } from "../runs/classify-error.ts";
import type { HandlerResult } from "../runs/conclude-attempt.ts";

/** What a run that took too long comes to: failed, and not tried again by itself. */
export function flowTimeout(maxDurationMs: number): HandlerResult {
  const error = Object.assign(new Error(`The run took longer than its time limit of ${maxDurationMs} ms.`), {
    code: "flow_timeout",
    hint: "Raise `maxDurationMs`; the next run goes on from the cursor.",
    retryable: false,
  });
  return classifyError(error);
}
