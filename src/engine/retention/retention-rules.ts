import { z } from "zod";
import { RETENTION_KINDS, type RetentionKind, type RetentionRule } from "../../contract/index.ts";
import type { Executor } from "../database/adapter.ts";
import { readStored } from "../database/stored-setting.ts";

/** Where what a person set is stored. */
export const RETENTION_SETTING = "retention";

/** Days by kind; `null` for ever. */
export type RetentionDays = Readonly<Partial<Record<RetentionKind, number | null>>>;

export const retentionDaysSchema = z.partialRecord(z.enum(RETENTION_KINDS), z.number().positive().nullable());

interface Kind {
  readonly days: number | null;
  readonly what: string;
}

/** What holds when nobody says otherwise. */
export const RETENTION_DEFAULTS: Readonly<Record<RetentionKind, Kind>> = {
  events: { days: 90, what: "Events with their deliveries, unless one is unfinished or younger." },
  bodies: { days: 30, what: "Bodies of events; without one an event cannot be replayed." },
  deliveries: { days: 90, what: "Deliveries that have ended, dead ones too." },
  runs: { days: 90, what: "Runs that have ended, with attempts, logs and checkpoints." },
  logs: { days: 30, what: "Log lines of runs that have ended." },
  exchanges: { days: 7, what: "Calls to other APIs." },
  rejections: { days: 30, what: "Refused webhooks; beyond that the newest 1,000 of each plug." },
  minutes: { days: 7, what: "Figures by the minute, once they are summed up by the hour." },
  hours: { days: 365, what: "Figures by the hour." },
  gaps: { days: 90, what: "Gaps of wires that are closed or given up." },
  conflicts: { days: 180, what: "Conflicts of two-way syncs, unless a choice waits to be written." },
  drifts: { days: 365, what: "How sources changed their looks; not what pauses a flow." },
  audit: { days: 365, what: "Who changed what." },
  idempotency: { days: 1, what: "Answers kept under an Idempotency-Key." },
};

/** The rules as they hold now: what a person stored, else what the app's code says, else the default. */
export async function readRules(executor: Pick<Executor, "execute">, code: RetentionDays): Promise<RetentionRule[]> {
  const stored = (await readStored(executor, RETENTION_SETTING, retentionDaysSchema)) ?? {};
  return RETENTION_KINDS.map((kind) => {
    const { days, what } = RETENTION_DEFAULTS[kind];
    const said = { kind, defaultDays: code[kind] === undefined ? days : code[kind], what };
    const own = stored[kind];
    if (own !== undefined) return { ...said, days: own, source: "stored" };
    return { ...said, days: said.defaultDays, source: code[kind] === undefined ? "default" : "code" };
  });
}
