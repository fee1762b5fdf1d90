import { expect, it } from "vitest";
import { hexRow } from "./hex-rows.ts";
import { textLines } from "./text-lines.ts";

it("shows offset, bytes and what can be printed", () => {
  const bytes = Uint8Array.from([0x7b, 0x22, 0x61, 0x22, 0x00, 0xff, 0x7d]);
  expect(hexRow(bytes, 1, 4)).toEqual({ offset: "00000004", hex: ["00", "ff", "7d"], text: "..}" });
});

it("numbers lines and cuts long ones", () => {
  expect(textLines("a\r\nb\nc")).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "b" },
    { number: 3, text: "c" },
  ]);
  const rows = textLines("x".repeat(4_500));
  expect(rows.map((row) => [row.number, row.text.length])).toEqual([
    [1, 2_000],
    [null, 2_000],
    [null, 500],
  ]);
});
