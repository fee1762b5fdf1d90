import { isFinalRun, type LogLine, type Principal, type RunRecord, type RunStatus } from "../../contract/index.ts";
import { createDoorbell } from "../changes/doorbell.ts";
import type { Engine } from "../context.ts";
import { readLogsAfter, readNewestLogs } from "./read-run-logs.ts";
import { requireRun } from "./require-run.ts";

/** What a follower of a run is told. */
export type RunNews =
  | { readonly kind: "run"; readonly run: RunRecord }
  | { readonly kind: "log"; readonly line: LogLine }
  | { readonly kind: "end"; readonly status: RunStatus };

export interface FollowRun {
  /** As people see it. */
  readonly runId: string;
  /** Go on after this line; `null` starts with the newest 500. */
  readonly afterSeq: number | null;
  readonly signal: AbortSignal;
  /** Look by itself so often, whatever it was told, in milliseconds; default 5 seconds. */
  readonly safetyMs?: number;
}

/** Reads at most this often, however much happens: news is told within a fifth of a second, and the first of it at once. */
const PAUSE_MS = 50;
/** A hint may be lost (NOTIFY promises nothing while a connection is down), so it looks by itself now and then. */
const SAFETY_MS = 5_000;

/**
 * Follow a run until it is final: the run whenever it changed, each line of its
 * log once and in order, `end` at last. Woken by NOTIFY, not by polling.
 *
 * @throws KhotanError `not_found`, when the first item is asked for.
 */
export async function* followRun(
  engine: Pick<Engine, "adapter" | "listener">,
  principal: Principal,
  { runId, afterSeq, signal, safetyMs = SAFETY_MS }: FollowRun,
): AsyncGenerator<RunNews, void, undefined> {
  const bell = createDoorbell();
  let { uuid, run } = await requireRun(engine, principal, runId);
  // Hints about runs are collected and name the newest only, so every one of them may be about this run.
  const deaf = engine.listener.on(({ t, id }) => {
    if (t === "runs" || (t === "log" && id === uuid)) bell.ring();
  });
  const gone = engine.listener.onGap(bell.ring);
  try {
    let shown = "";
    let seq = afterSeq;
    let readAt = 0;
    while (!signal.aborted) {
      // The run is read before its log: its lines are stored before it ends, so none can be missed.
      ({ uuid, run } = await requireRun(engine, principal, runId));
      readAt = performance.now();
      const now = JSON.stringify(run);
      if (now !== shown) yield { kind: "run", run };
      shown = now;
      for (let lines = await nextLogs(engine, uuid, seq); lines.length > 0; lines = await nextLogs(engine, uuid, seq)) {
        for (const line of lines) {
          yield { kind: "log", line };
          seq = line.seq;
        }
      }
      seq ??= 0;
      if (isFinalRun(run.status)) {
        yield { kind: "end", status: run.status };
        return;
      }
      await bell.wait(safetyMs, signal);
      const sinceMs = performance.now() - readAt;
      if (!signal.aborted && sinceMs < PAUSE_MS) await pause(PAUSE_MS - sinceMs, signal);
    }
  } finally {
    deaf();
    gone();
  }
}

const nextLogs = (engine: Pick<Engine, "adapter">, runId: string, seq: number | null): Promise<LogLine[]> =>
  seq === null ? readNewestLogs(engine, runId) : readLogsAfter(engine, runId, seq);

const pause = (ms: number, signal: AbortSignal): Promise<void> => createDoorbell().wait(ms, signal);
