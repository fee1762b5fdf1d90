import type { Failure } from "../../contract/index.ts";
import type { HandlerResult } from "../runs/conclude-attempt.ts";
import { failureFingerprint } from "../security/fingerprint.ts";
import type { StepTrouble } from "./step-trouble.ts";
import type { WorkflowOutcome } from "./world.ts";

type WorldError = Extract<WorkflowOutcome, { status: "failed" }>["error"];

const MAX_TEXT = 4_000;
const MAX_STACK = 8_000;
/** Thrown to say that trying again cannot help. Workflow keeps of an error no more than its text and its stack. */
const PERMANENT = new Set(["FatalError", "PermanentError"]);

/**
 * What the end of a Workflow run means for the attempt. Pure.
 *
 * A failed Workflow run is a failed attempt, and the next one starts afresh;
 * unless the error that ended it says that trying again cannot help. A call that
 * ended it is heard as in any handler: its `Retry-After`, and 410 for good.
 *
 * @param trouble the last call of this Workflow run that failed
 */
export function workflowResult(
  outcome: WorkflowOutcome,
  cancelRequested: boolean,
  trouble: StepTrouble | null = null,
  now: number = Date.now(),
): HandlerResult {
  if (outcome.status === "completed") return { kind: "returned", value: outcome.value, counters: {} };
  // A step that sees the cancellation first fails its Workflow run.
  if (outcome.status === "cancelled" || cancelRequested) return { kind: "cancelled" };
  const failure = workflowFailure(outcome.error);
  const met = trouble && endedBy(failure, trouble) ? trouble : null;
  const retryAfterMs = met?.retryAt == null ? null : Math.max(0, met.retryAt - now);
  return { kind: "threw", failure, retryAfterMs, permanent: failure.retryable === false || met?.status === 410 };
}

/** Whether that call is what ended the run; one whose error a workflow dealt with has no say. */
export const endedBy = (failure: Pick<Failure, "message">, trouble: StepTrouble): boolean =>
  trouble.message !== "" && failure.message.includes(trouble.message.slice(0, 500));

/** @example workflowFailure({ message: 'Step "step//./a//save" failed after 3 retries: no', stack: "Error: no" }) */
export function workflowFailure(error: WorldError): Failure {
  const message = readable(error.message).slice(0, MAX_TEXT);
  const name = /^([\w$]+)(?=[:\n]|$)/.exec(error.stack ?? "")?.[1] ?? "Error";
  const code = codeOf(error);
  return {
    code,
    message,
    ...(PERMANENT.has(name) ? { retryable: false } : {}),
    fingerprint: failureFingerprint({ code, message }),
    ...(error.stack ? { stack: error.stack.slice(0, MAX_STACK) } : {}),
  };
}

/** The handler's own error has the code of any handler's error; the others are Workflow's. */
const codeOf = ({ code }: WorldError): string =>
  code === undefined || code === "USER_ERROR" ? "handler_threw" : `workflow_${code.toLowerCase()}`;

/** Steps are named by file and function; people know the function. */
const readable = (message: string): string =>
  message.replace(/"step\/\/[^"]*\/\/([^"/]+)"/g, '"$1"') || "The workflow failed without a message.";
