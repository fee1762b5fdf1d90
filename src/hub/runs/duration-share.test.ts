import { expect, it } from "vitest";
import { durationShare } from "./duration-share.ts";

it.each([
  [0, 1_000, 0],
  [1, 1_000, 0],
  [1_000, 1_000_000, 0.5],
  [1_000_000, 1_000_000, 1],
  [5_000_000, 1_000_000, 1],
  [100, 0, 0],
])("%d of %d", (ms, scale, share) => expect(durationShare(ms, scale)).toBeCloseTo(share));
