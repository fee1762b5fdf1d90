export interface HexRow {
  /** "0000001a" */
  readonly offset: string;
  readonly hex: readonly string[];
  /** Printable ASCII; everything else is a dot. */
  readonly text: string;
}

/** One row of a hex view. @param width bytes per row. */
export function hexRow(bytes: Uint8Array, row: number, width: number): HexRow {
  const slice = bytes.subarray(row * width, (row + 1) * width);
  return {
    offset: (row * width).toString(16).padStart(8, "0"),
    hex: Array.from(slice, (byte) => byte.toString(16).padStart(2, "0")),
    text: Array.from(slice, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
  };
}
