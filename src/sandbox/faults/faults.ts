import type { FaultSettings, FaultTarget } from "./fault-settings.ts";

export type RateLimit = NonNullable<FaultSettings["rateLimit"]>;
export type WebhookFault = "loseNextWebhooks" | "tamperNextWebhooks" | "repeatNextWebhooks";
type RequestFault = "failNext" | "dropNext" | "repeatNextPages";

/** What is armed now: the same fields as the settings, counted down as they are used up. */
export interface Faults {
  readonly state: Readonly<FaultSettings>;
  /** Merges new settings over the present ones. */
  set(settings: FaultSettings): void;
  /** Back to how the sandbox started. */
  reset(): void;
  /** Uses up one of the armed faults if this request is one of those it is meant for. */
  take<Fault extends RequestFault>(
    fault: Fault,
    request: { path: string; method: string },
  ): NonNullable<FaultSettings[Fault]> | undefined;
  takeWebhook(fault: WebhookFault): boolean;
}

const matches = (target: FaultTarget, request: { path: string; method: string }) =>
  request.path.startsWith(target.path) && (target.method === undefined || target.method === request.method);

/** The misbehaviour of one sandbox. `initial` is what `reset()` returns to. */
export function createFaults(initial: FaultSettings = {}): Faults {
  let state: FaultSettings = { ...initial };
  return {
    get state() {
      return state;
    },
    set(settings) {
      state = { ...state, ...settings };
    },
    reset() {
      state = { ...initial };
    },
    take(fault, request) {
      const armed = state[fault];
      if (!armed || !matches(armed, request)) return undefined;
      if (armed.after > 0) {
        state = { ...state, [fault]: { ...armed, after: armed.after - 1 } };
        return undefined;
      }
      state = { ...state, [fault]: armed.count > 1 ? { ...armed, count: armed.count - 1 } : null };
      return armed;
    },
    takeWebhook(fault) {
      const left = state[fault] ?? 0;
      if (left === 0) return false;
      state = { ...state, [fault]: left - 1 };
      return true;
    },
  };
}
