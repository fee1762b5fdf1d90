import type { FlowRecord } from "../../contract/index.ts";

export type FlowSchedule = FlowRecord["schedules"][number];
export type FlowRun = FlowRecord["runs"][number];

/** A line of the table: a flow, or one of its variants below it. */
export interface FlowRow {
  readonly id: string;
  readonly flow: FlowRecord;
  /** `null` for the flow itself. */
  readonly variant: string | null;
  /** A flow with variants only heads them: it is not run as such. */
  readonly heads: boolean;
  readonly schedule: FlowSchedule | null;
}

/**
 * The lines of the table, plug by plug. Variants stand below their flow in the order the app gave them.
 *
 * @example flowRows([products])[0].rows.map(({ id }) => id) // ["flw_1", "flw_1:changes", "flw_1:full"]
 */
export function flowRows(flows: readonly FlowRecord[]): { readonly plug: string; readonly rows: readonly FlowRow[] }[] {
  const groups = new Map<string, FlowRow[]>();
  for (const flow of flows) {
    const rows = groups.get(flow.plug) ?? [];
    groups.set(flow.plug, rows);
    const heads = flow.variants.length > 0;
    rows.push({ id: flow.id, flow, variant: null, heads, schedule: heads ? null : scheduleOf(flow, null) });
    for (const variant of flow.variants) {
      rows.push({ id: `${flow.id}:${variant}`, flow, variant, heads: false, schedule: scheduleOf(flow, variant) });
    }
  }
  return [...groups].map(([plug, rows]) => ({ plug, rows }));
}

const scheduleOf = (flow: FlowRecord, variant: string | null): FlowSchedule | null =>
  flow.schedules.find((schedule) => schedule.variant === variant) ?? null;

/** When any of them runs next, ISO 8601; `null` when nothing is planned. */
export function nextOf(flows: readonly FlowRecord[]): string | null {
  const times = flows
    .filter(({ enabled }) => enabled)
    .flatMap(({ schedules }) => schedules.map(({ next }) => next[0]))
    .filter((time) => time !== undefined)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return times[0] ?? null;
}
