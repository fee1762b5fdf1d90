import { expect, it } from "vitest";
import { ago, momentOf } from "./moment.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

it("reads times as people write them", () => {
  expect(momentOf("90s", now)).toBe("2026-03-01T11:58:30.000Z");
  expect(momentOf("2d", now)).toBe("2026-02-27T12:00:00.000Z");
  expect(momentOf("2026-01-31", now)).toBe("2026-01-31T00:00:00.000Z");
  expect(() => momentOf("yesterday", now)).toThrow("is not a time");
  expect(() => momentOf("5", now)).toThrow("is not a time");
});

it("says how long ago", () => {
  expect(ago("2026-03-01T11:59:30Z", now)).toBe("30s");
  expect(ago("2026-02-20T12:00:00Z", now)).toBe("9d");
  expect(ago(null)).toBe("–");
});
