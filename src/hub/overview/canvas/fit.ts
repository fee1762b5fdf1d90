/** How "show all" frames the canvas: never above full size, clear of the legend at its foot. */
export const FIT = {
  padding: { top: "24px", right: "24px", bottom: "64px", left: "24px" },
  maxZoom: 1,
} as const;
