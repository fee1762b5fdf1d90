import { expect, it } from "vitest";
import { limitShare } from "./limit-share.ts";

const limit = (calls: number | null, concurrency: number | null) => ({
  calls,
  concurrency,
  windowMs: 1_000,
  burst: null,
});

it.each([
  [limit(100, null), { calls: 18, concurrency: 0 }, 0.18],
  [limit(100, 4), { calls: 18, concurrency: 3 }, 0.75],
  [limit(10, null), { calls: 12, concurrency: 0 }, 1],
  [limit(null, null), { calls: 0, concurrency: 0 }, null],
])("%#", (declared, used, share) => expect(limitShare({ limit: declared, used })).toBe(share));
