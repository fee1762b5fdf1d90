import type { RunStatus } from "../../contract/index.ts";
import type { FlowRun } from "./flow-rows.ts";

export interface Tick {
  readonly id: string;
  readonly status: RunStatus;
  /** 0.35 to 1: how long it took, on a log scale of those shown. */
  readonly height: number;
}

type Timed = Pick<FlowRun, "id" | "status" | "startedAt" | "finishedAt">;

/**
 * The last runs, oldest first. What was read a while ago is brought up to date by the newer records.
 *
 * @param known a page of runs, newest first.
 * @param newest the few newest of the same flow, read since.
 * @param now ends runs that have not ended.
 */
export function runTicks(known: readonly Timed[], newest: readonly Timed[], now: number, count = 20): Tick[] {
  const fresh = new Set(newest.map(({ id }) => id));
  const runs = [...newest, ...known.filter(({ id }) => !fresh.has(id))].slice(0, count).toReversed();
  const lengths = runs.map(({ startedAt, finishedAt }) =>
    startedAt === null ? 0 : Math.max(0, (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt)),
  );
  const top = Math.log10(1 + Math.max(1, ...lengths));
  return runs.map(({ id, status }, index) => ({
    id,
    status,
    height: Math.round(100 * (0.35 + (0.65 * Math.log10(1 + (lengths[index] ?? 0))) / top)) / 100,
  }));
}
