import { expect, it } from "vitest";
import { formatBytes } from "./format-number.ts";

it.each([
  [0, "0 B"],
  [312, "312 B"],
  [999, "999 B"],
  [1_000, "1.0 KB"],
  [2_146, "2.1 KB"],
  [99_960, "100 KB"],
  [999_700, "1.0 MB"],
  [6_100_000_000, "6.1 GB"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
