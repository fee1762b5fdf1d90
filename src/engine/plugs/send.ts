import { authContext } from "./auth/auth-context.ts";
import type { Call, CallInput } from "./call.ts";
import type { PlugError } from "./errors/plug-error.ts";
import { PlugHttpError } from "./errors/plug-http-error.ts";
import { PlugNetworkError } from "./errors/plug-network-error.ts";
import { WireFailure } from "./http/wire.ts";
import { httpError, judgeAnswer } from "./judge-answer.ts";
import { openCall } from "./open-call.ts";
import type { PlugSession } from "./plug-session.ts";
import { readAnswer } from "./read-answer.ts";
import type { PlugResponse } from "./request-options.ts";
import { backoffMs } from "./retry/backoff.ts";
import { type Landed, roundTrip } from "./round-trip.ts";
import { toPlugError } from "./to-plug-error.ts";

/**
 * Make one call with all its attempts.
 *
 * @throws PlugError, the reason of an aborted signal, or what a hook threw
 */
export async function send(session: PlugSession, input: CallInput): Promise<PlugResponse> {
  const call = openCall(session, input);
  for (; ; call.attempt++) {
    const outcome = await attempt(call);
    if ("response" in outcome) return outcome.response;
    const waitMs = waitBeforeNext(call, outcome);
    if (waitMs === null) {
      if (outcome.answer && givesBack(call, outcome.answer)) return outcome.answer;
      throw outcome.error;
    }
    session.binding.log?.("warn", `${outcome.error.message}; trying again in ${waitMs} ms`, { attempt: call.attempt });
    await session.clock.sleep(waitMs, call.signal);
  }
}

interface FailedAttempt {
  readonly error: PlugError;
  readonly forced: boolean;
  /** What was answered, when something was. */
  readonly answer: PlugResponse | null;
}

async function attempt(call: Call): Promise<{ readonly response: PlugResponse } | FailedAttempt> {
  let answer: PlugResponse | null = null;
  const done = await turn(call);
  try {
    let landed = await roundTrip(call);
    if (landed.wire.status === 401 && (await reauthorise(call, landed))) landed = await roundTrip(call);
    answer = await readAnswer(call, landed);
    answer = await afterResponse(call, landed, answer);
    const verdict = judgeAnswer(call, answer);
    if (verdict.kind === "answer") {
      call.closeTrace(null);
      return { response: answer };
    }
    call.closeTrace(verdict.error.toFailure());
    return { error: verdict.error, forced: verdict.forced, answer };
  } catch (error) {
    const known = toPlugError(call, error);
    if (known) {
      call.closeTrace(known.toFailure());
      return { error: known, forced: false, answer: null };
    }
    call.closeTrace(error instanceof WireFailure ? CANCELLED : null);
    throw error instanceof WireFailure ? error.cause : error;
  } finally {
    done();
    await call.flushVars();
  }
}

const CANCELLED = { code: "cancelled", message: "The call was cancelled.", retryable: false };

/** Wait for the plug's rate limit; that time does not count against the call's total. */
async function turn(call: Call): Promise<() => void> {
  const { limiter } = call.session;
  if (!limiter) return nothing;
  const askedAt = call.session.clock.now();
  const done = await limiter.acquire(call.signal);
  if (call.deadlineAt !== null) call.deadlineAt += call.session.clock.now() - askedAt;
  return done;
}

const nothing = () => {};

async function reauthorise(call: Call, landed: Landed): Promise<boolean> {
  const { auth } = call;
  if (!auth.onUnauthorized || call.reauthorised || !call.replayable) return false;
  call.reauthorised = true; // once per call, or a rejected account would loop
  const answer = await readAnswer(call, landed);
  return auth.onUnauthorized(authContext(call), answer);
}

async function afterResponse(call: Call, landed: Landed, response: PlugResponse): Promise<PlugResponse> {
  const hook = call.core.hooks.afterResponse;
  if (!hook) return response;
  const replaced = await hook({
    request: landed.draft,
    response,
    plug: call.core.name,
    tenant: call.session.binding.tenant,
    vars: call.vars,
    attempt: call.attempt,
    endpoint: call.input.endpoint,
    setVars: (patch) => call.collectVars(patch),
    fail: (failure) => {
      throw httpError(call, response, failure.retryable ?? false, null, failure);
    },
  });
  return replaced ? { ...response, body: replaced.body } : response;
}

/** Milliseconds until the next attempt; `null` when there is none. */
function waitBeforeNext(call: Call, { error, forced }: FailedAttempt): number | null {
  if (!error.retryable || call.attempt >= call.policy.attempts || !call.replayable || call.signal?.aborted) return null;
  if (error.code === "timeout_total") return null;
  const neverSent = error instanceof PlugNetworkError ? !error.sent : error.code === "timeout_connect";
  if (!forced && !neverSent && !mayRepeat(call)) return null;
  const backoff = backoffMs(call.attempt, call.policy.baseMs, call.policy.maxMs, call.session.clock.random());
  const asked = error instanceof PlugHttpError ? error.retryAfterMs : null;
  if (asked !== null && asked > call.policy.maxRetryAfterMs) return null;
  const waitMs = Math.max(backoff, asked ?? 0);
  const remaining = call.remainingMs();
  return remaining !== null && waitMs >= remaining ? null : waitMs;
}

function mayRepeat(call: Call): boolean {
  const { options, method } = call.input;
  return options.idempotent ?? (call.idempotencyKey !== undefined || call.policy.methods.includes(method));
}

function givesBack(call: Call, answer: PlugResponse): boolean {
  return call.input.options.throwOnError === false || (call.input.accepts?.(answer.status) ?? false);
}
