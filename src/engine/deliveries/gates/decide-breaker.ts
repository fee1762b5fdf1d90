import type { BreakerRules } from "../../plugs/breaker-rules.ts";

/** What is known of a destination. Times are the database's, in epoch milliseconds. */
export interface BreakerState {
  readonly open: boolean;
  /** Opened by a person. */
  readonly manual: boolean;
  readonly reason: string | null;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  /** When one delivery may try; `null` while closed, or until a person closes it. */
  readonly probeAt: number | null;
  /** The lease of the delivery that tries. */
  readonly probe: { readonly deliveryId: string; readonly token: string } | null;
  readonly failures: number;
  readonly openings: number;
  readonly counted: { readonly since: number; readonly ok: number; readonly failed: number } | null;
}

export const CLOSED: BreakerState = {
  open: false,
  manual: false,
  reason: null,
  openedAt: null,
  closedAt: null,
  probeAt: null,
  probe: null,
  failures: 0,
  openings: 0,
  counted: null,
};

/** What an attempt has shown of its destination: it is alive, it is down, or nothing. */
export type Verdict = "ok" | "failed" | null;

export interface Report {
  readonly verdict: Verdict;
  /** Calls that went well before, and were not worth a report each. */
  readonly okBefore: number;
  /** The attempt's lease, by which a probe is known. */
  readonly token: string;
  /** What went wrong, for people. */
  readonly message: string | null;
}

/** A probe that says nothing for so long is given up, though its delivery may still run: a workflow may sleep for days. */
export const PROBE_MS = 5 * 60_000;

/** Who asks whether it may call. `alive`: the probe's delivery still runs under its lease. */
export function mayCall(state: BreakerState, now: number, alive: boolean): "yes" | "probe" | "no" {
  if (!state.open) return "yes";
  if (state.manual || state.probeAt === null) return "no";
  // A probe that died without a word makes room for the next one at once.
  if (state.probe && !alive) return "probe";
  return now >= state.probeAt ? "probe" : "no";
}

/** Somebody tries: nobody else does until it has reported, died, or been silent for too long. */
export const beginProbe = (
  state: BreakerState,
  probe: NonNullable<BreakerState["probe"]>,
  now: number,
): BreakerState => ({
  ...state,
  probe,
  probeAt: now + PROBE_MS,
});

/**
 * Learn from an attempt. Pure.
 *
 * While it is open only the probe counts: the others began before it opened.
 */
export function learn(state: BreakerState, rules: BreakerRules, report: Report, now: number): BreakerState {
  if (state.open) return learnOpen(state, rules, report, now);
  if (report.verdict === null) return state;
  const failed = report.verdict === "failed";
  const counted = count(state.counted, rules, { ok: report.okBefore + (failed ? 0 : 1), failed: failed ? 1 : 0 }, now);
  if (!failed) return { ...state, counted, failures: 0, openings: 0 };
  const failures = state.failures + 1;
  const next = { ...state, counted, failures };
  if (rules.failures !== null && failures >= rules.failures)
    return open(next, rules, `${failures} failures in a row${because(report)}`, now);
  const total = counted.ok + counted.failed;
  if (rules.rate && total >= rules.rate.minimum && counted.failed / total >= rules.rate.share)
    return open(next, rules, `${counted.failed} of ${total} failed${because(report)}`, now);
  return next;
}

function learnOpen(state: BreakerState, rules: BreakerRules, report: Report, now: number): BreakerState {
  if (state.probe?.token !== report.token) return state;
  if (report.verdict === "ok") return close(state, now);
  if (report.verdict === "failed") return open(state, rules, `the probe failed${because(report)}`, now);
  return { ...state, probe: null, probeAt: now };
}

function open(state: BreakerState, rules: BreakerRules, reason: string, now: number): BreakerState {
  const openMs = Math.min(rules.maxOpenMs, rules.openMs * 2 ** Math.min(state.openings, 30));
  return {
    ...state,
    open: true,
    manual: false,
    reason,
    openedAt: state.openedAt !== null && state.open ? state.openedAt : now,
    closedAt: null,
    probeAt: now + openMs,
    probe: null,
    openings: state.openings + 1,
    counted: null,
  };
}

/** It works again, or a person says so. */
export const close = (state: BreakerState, now: number): BreakerState => ({
  ...CLOSED,
  reason: state.reason,
  openedAt: state.openedAt,
  closedAt: state.open ? now : state.closedAt,
});

/** A person wants nothing to be sent there until a person says otherwise. */
export const openByHand = (state: BreakerState, reason: string, now: number): BreakerState => ({
  ...state,
  open: true,
  manual: true,
  reason,
  openedAt: state.open ? state.openedAt : now,
  closedAt: null,
  probeAt: null,
  probe: null,
});

function count(
  before: BreakerState["counted"],
  rules: BreakerRules,
  more: { readonly ok: number; readonly failed: number },
  now: number,
): NonNullable<BreakerState["counted"]> {
  const windowMs = rules.rate?.windowMs ?? 0;
  const fresh = before === null || now >= before.since + windowMs || now < before.since;
  const from = fresh ? { since: now, ok: 0, failed: 0 } : before;
  return { since: from.since, ok: from.ok + more.ok, failed: from.failed + more.failed };
}

const because = ({ message }: Report): string => (message === null ? "" : `: ${message.slice(0, 300)}`);
