import { expect, it } from "vitest";
import { readDays } from "./read-days.ts";

it.each([
  ["30", 30],
  [" 0,5 ", 0.5],
  ["", null],
  ["0", undefined],
  ["ten", undefined],
  ["36501", undefined],
])("%j", (text, days) => expect(readDays(text)).toBe(days));
