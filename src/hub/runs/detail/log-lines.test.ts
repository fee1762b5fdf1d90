import { expect, it } from "vitest";
import type { LogLine } from "../../../contract/index.ts";
import { filterLines, joinLines } from "./log-lines.ts";

const line = (seq: number, extra: Partial<LogLine> = {}): LogLine => ({
  seq,
  at: "2026-11-20T14:26:41.212Z",
  level: "info",
  attempt: 1,
  message: `line ${seq}`,
  ...extra,
});

it("joins what was read and what was streamed without repeating a line", () => {
  const joined = joinLines([line(1), line(2)], [line(3), line(2), line(4)]);
  expect(joined.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

it("filters by text in message and data, by attempt and by level", () => {
  const lines = [
    line(1, { level: "debug" }),
    line(2, { data: { channel: "#Billing" } }),
    line(3, { level: "error", attempt: 2 }),
  ];
  const none = { text: "", attempt: null, level: "debug" } as const;
  expect(filterLines(lines, none)).toHaveLength(3);
  expect(filterLines(lines, { ...none, text: "billing" }).map(({ seq }) => seq)).toEqual([2]);
  expect(filterLines(lines, { ...none, attempt: 2 }).map(({ seq }) => seq)).toEqual([3]);
  expect(filterLines(lines, { ...none, level: "warn" }).map(({ seq }) => seq)).toEqual([3]);
});
