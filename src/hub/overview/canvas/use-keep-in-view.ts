import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect } from "react";
import { nearestToEmptyMiddle, READABLE } from "./fit.ts";

/**
 * As long as nobody has moved the canvas it shows everything, also when the inspector takes room from it.
 * Afterwards it moves only when the chosen node would be out of sight.
 */
export function useKeepInView(untouched: boolean, selected: string | null): void {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (width === 0 || height === 0) return;
    if (untouched) {
      const boxes = flow.getNodes().map(({ id, position, width: wide = 0, height: high = 0 }) => ({
        id,
        ...position,
        width: wide,
        height: high,
      }));
      const anchor = nearestToEmptyMiddle(boxes, { width, height });
      void flow.fitView({
        ...READABLE,
        ...(anchor && { nodes: [{ id: anchor.id }], maxZoom: READABLE.minZoom }),
        duration: 160,
      });
      return;
    }
    const node = selected === null ? undefined : flow.getNode(selected);
    if (!node) return;
    const { x, y, zoom } = flow.getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const inside =
      left >= 0 && top >= 0 && left + (node.width ?? 0) * zoom <= width && top + (node.height ?? 0) * zoom <= height;
    if (inside) return;
    const middle = { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + (node.height ?? 0) / 2 };
    void flow.setCenter(middle.x, middle.y, { zoom, duration: 160 });
  }, [untouched, selected, width, height, flow]);
}
