import type { Failure } from "../../contract/index.ts";
import type { AuthAdditions, AuthStrategy, Renewal } from "./auth/auth-strategy.ts";
import type { FailedRequest } from "./errors/plug-error.ts";
import { SecretMask } from "./errors/secret-mask.ts";
import { HopTrace, type TracedRequest } from "./exchanges/hop-trace.ts";
import type { HopWatch } from "./exchanges/hop-watch.ts";
import type { Timeouts } from "./http/timeouts.ts";
import type { PlugCore } from "./plug-core.ts";
import { type PlugSession, patched } from "./plug-session.ts";
import type { RequestOptions } from "./request-options.ts";
import type { RetryPolicy } from "./retry/retry-policy.ts";
import type { VarField, VarPatch, VarRecord } from "./vars/var-definition.ts";

/** What is asked of `send`. */
export interface CallInput {
  readonly method: string;
  readonly path: string;
  readonly options: RequestOptions;
  /** The declared endpoint's name; `null` for a plain path. */
  readonly endpoint: string | null;
  /** Statuses that are an answer and no error, besides those below 400. */
  readonly accepts?: (status: number) => boolean;
}

/** One call while it runs: all its attempts. */
export class Call {
  readonly session: PlugSession;
  readonly input: CallInput;
  readonly baseUrl: string;
  readonly url: URL;
  readonly auth: AuthStrategy;
  readonly timeouts: Timeouts;
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  readonly maxResponseBytes: number;
  attempt = 1;
  /** Epoch milliseconds; `null` without a total. Moves while the call waits for a rate limit. */
  deadlineAt: number | null;
  reauthorised = false;
  /** `false` once a body that cannot be sent again has been used. */
  replayable = true;
  idempotencyKey: string | undefined;
  #vars: VarRecord;
  #pending: Record<string, VarPatch[string]> | null = null;
  #trace: HopTrace | undefined;
  readonly #added: AuthAdditions[] = [];

  constructor(
    session: PlugSession,
    input: CallInput,
    parts: Pick<Call, "baseUrl" | "url" | "auth" | "timeouts" | "policy" | "signal" | "maxResponseBytes"> & {
      readonly vars: VarRecord;
    },
  ) {
    this.session = session;
    this.input = input;
    this.baseUrl = parts.baseUrl;
    this.url = parts.url;
    this.auth = parts.auth;
    this.timeouts = parts.timeouts;
    this.policy = parts.policy;
    this.signal = parts.signal;
    this.maxResponseBytes = parts.maxResponseBytes;
    this.idempotencyKey = input.options.idempotencyKey;
    this.deadlineAt = parts.timeouts.total > 0 ? session.clock.now() + parts.timeouts.total : null;
    this.#vars = parts.vars;
  }

  get core(): PlugCore {
    return this.session.core;
  }

  get vars(): VarRecord {
    return this.#vars;
  }

  remainingMs(): number | null {
    return this.deadlineAt === null ? null : Math.max(1, this.deadlineAt - this.session.clock.now());
  }

  /** Change variables for this call now, and for everybody when `flushVars` runs. */
  collectVars(patch: VarPatch): void {
    this.#vars = patched(this.#vars, patch);
    this.#pending = { ...this.#pending, ...patch };
  }

  /** Store in one write what hooks collected. */
  async flushVars(): Promise<void> {
    const patch = this.#pending;
    if (patch === null) return;
    this.#pending = null;
    await this.session.setVars(patch);
  }

  async storeVars(patch: VarPatch): Promise<void> {
    await this.session.setVars(patch);
    this.#vars = patched(this.#vars, patch);
  }

  /** Replace stored credentials; this call uses the new ones. Ends at once when the call is cancelled; the renewal does not. */
  async renewVars(renewal: Renewal): Promise<void> {
    const vars = await unlessAborted(this.session.renewVars(renewal, this.#vars), this.signal);
    const hidden = Object.entries(vars).filter(([key]) => key.startsWith("_"));
    const kept = Object.entries(this.#vars).filter(([key]) => !key.startsWith("_"));
    this.#vars = Object.fromEntries([...kept, ...hidden]);
  }

  /** Remember what auth put on a request, so that it never shows up anywhere. */
  conceal(additions: AuthAdditions): void {
    if (additions.conceal !== false) this.#added.push(additions);
  }

  /** Watch a request, when anybody wants to know. A trace left open by a failure is closed by `closeTrace`. */
  openTrace(request: TracedRequest): HopTrace | undefined {
    if (!this.session.binding.onExchange) return undefined;
    this.closeTrace(null);
    this.#trace = new HopTrace(this, request);
    return this.#trace;
  }

  /** Tell whoever counts and traces that a request goes out. */
  watchHop(method: string, url: URL): HopWatch | undefined {
    const { binding } = this.session;
    return binding.watchHop?.({
      plug: this.core.name,
      tenant: binding.tenant,
      source: binding.source ?? "run",
      endpoint: this.input.endpoint,
      attempt: this.attempt,
      method,
      url,
      traceparent: this.core.traceparent,
      maskedUrl: () => this.mask().url(url),
    });
  }

  closeTrace(error: Failure | null): void {
    this.#trace?.close(error);
    this.#trace = undefined;
  }

  /** What hides this call's secrets: those of the connection, and what auth added so far. */
  mask(): SecretMask {
    const names = new Set<string>();
    const values = secretVars(this.core.fields, this.#vars);
    for (const { headers = {}, query = {} } of this.#added) {
      for (const [name, value] of [...Object.entries(headers), ...Object.entries(query)]) {
        names.add(name.toLowerCase());
        values.push(value);
        const word = value.slice(value.indexOf(" ") + 1); // "Bearer abc": abc alone is as secret
        if (word !== value) values.push(word);
      }
    }
    return new SecretMask(this.session.redactorFor(values), names);
  }

  describe(url: URL = this.url, method: string = this.input.method): FailedRequest {
    return { method, url: this.mask().url(url), endpoint: this.input.endpoint, attempt: this.attempt };
  }
}

/** Hidden keys are secret without being declared. */
function secretVars(fields: readonly VarField[], vars: VarRecord): string[] {
  const open = new Set<string>();
  for (const field of fields) if (!field.secret) open.add(field.key);
  return Object.entries(vars).flatMap(([key, value]) =>
    value === undefined || typeof value === "boolean" || open.has(key) ? [] : [String(value)],
  );
}

/** Wait for something that goes on by itself. @throws the signal's reason */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work;
  signal.throwIfAborted();
  let leave = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
    work.catch(() => undefined); // nobody may be left to hear of it
  }
}
