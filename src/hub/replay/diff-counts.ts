import type { CallDiff, CallDiffStatus } from "../../contract/index.ts";

/** Changes first, then what is new or gone; what is the same can wait. */
const ORDER: readonly CallDiffStatus[] = ["changed", "missing", "added", "same"];

/** Calls in the order people want to see them; within one kind as they were made. */
export const sortCalls = (calls: readonly CallDiff[]): CallDiff[] =>
  calls.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));

/** How many calls there are of each kind, those without any left out. */
export const countCalls = (calls: readonly CallDiff[]): [CallDiffStatus, number][] =>
  ORDER.map((status): [CallDiffStatus, number] => [
    status,
    calls.filter((call) => call.status === status).length,
  ]).filter(([, count]) => count > 0);

/** A value of a difference in one line; a side that has none is empty. */
export const shownValue = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
