interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

const GAP = 6;
const EDGE = 8;

/** Above the anchor and centred on it; below when there is no room, and never over the edge of the window. */
export function placeTooltip(anchor: Box, bubble: Size, screen: Size): { left: number; top: number } {
  const above = anchor.top - bubble.height - GAP;
  const top = above >= EDGE ? above : anchor.top + anchor.height + GAP;
  const centred = anchor.left + anchor.width / 2 - bubble.width / 2;
  const left = Math.max(EDGE, Math.min(centred, screen.width - bubble.width - EDGE));
  return { left: Math.round(left), top: Math.round(Math.min(top, screen.height - bubble.height - EDGE)) };
}
