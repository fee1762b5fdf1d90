import { useReactFlow } from "@xyflow/react";
import { useTranslations } from "use-intl";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import type { FlowNode } from "./canvas-data.ts";
import { FIT } from "./fit.ts";
import { nearestNode, type Way } from "./nearest-node.ts";

interface CanvasKeys {
  readonly nodes: readonly FlowNode[];
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
}

/** Arrows go to the neighbour, `+ − 0` zoom, Esc lets go. */
export function useCanvasKeys({ nodes, selected, onSelect }: CanvasKeys): void {
  const t = useTranslations("overview.canvas");
  const flow = useReactFlow();
  const go = (way: Way) => {
    const boxes = nodes.map(({ id, position, width = 0, height = 0 }) => ({ id, ...position, width, height }));
    const next = nearestNode(boxes, selected, way);
    if (!next) return;
    onSelect(next.id);
    void flow.setCenter(next.x + next.width / 2, next.y + next.height / 2, { zoom: flow.getZoom(), duration: 160 });
  };
  useShortcut({ keys: "ArrowLeft", label: t("keys.left"), group: "canvas", run: () => go("left") });
  useShortcut({ keys: "ArrowRight", label: t("keys.right"), group: "canvas", run: () => go("right") });
  useShortcut({ keys: "ArrowUp", label: t("keys.up"), group: "canvas", run: () => go("up") });
  useShortcut({ keys: "ArrowDown", label: t("keys.down"), group: "canvas", run: () => go("down") });
  useShortcut({ keys: "+", label: t("zoomIn"), group: "canvas", run: () => void flow.zoomIn({ duration: 160 }) });
  useShortcut({ keys: "-", label: t("zoomOut"), group: "canvas", run: () => void flow.zoomOut({ duration: 160 }) });
  useShortcut({
    keys: "0",
    label: t("fit"),
    group: "canvas",
    run: () => void flow.fitView(FIT),
  });
}
