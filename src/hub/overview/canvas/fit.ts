/** How "show all" frames the canvas: never above full size, clear of the legend at its foot. */
export const FIT = {
  padding: { top: "24px", right: "24px", bottom: "64px", left: "24px" },
  maxZoom: 1,
} as const;

/** How it is framed at first: everything, unless words would be too small to read; then the middle of it. */
export const READABLE = { ...FIT, minZoom: 0.62 } as const;
