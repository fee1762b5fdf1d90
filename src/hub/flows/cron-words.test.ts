import { expect, it } from "vitest";
import { cronWords } from "./cron-words.ts";

it.each([
  ["33 * * * *", "en", "At 33 minutes past the hour"],
  ["0 3 * * 0", "en", "At 03:00, only on Sunday"],
  ["*/5 * * * *", "de", "Alle 5 Minuten"],
  ["0 3 * * 0", "de", "Um 03:00, nur jeden Sonntag"],
  ["not a schedule", "en", "not a schedule"],
])("%s in %s", (cron, locale, words) => {
  expect(cronWords(cron, locale)).toBe(words);
});
