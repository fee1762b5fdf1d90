import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { edgePath } from "../graph/edge-path.ts";
import type { PipeEdge } from "./canvas-data.ts";
import { useFigures } from "./use-figures.ts";

/** Above this share of failures a line is red and says so instead of its rate. */
const FAILING = 0.01;

/** One edge: solid when pushed, dashed when pulled, red when failing, lapis on the traced path. */
export const Pipe = memo(function Pipe({ data, ...ends }: EdgeProps<PipeEdge>) {
  const figures = useFigures();
  if (!data) return null;
  const { traffic, motion, trunk, traced, faded, back, pulse } = data;
  const { d, labelX, labelY } = edgePath(ends, trunk);
  const failing = traffic.errorShare > FAILING;
  const tone = traced ? "traced" : failing ? "failing" : "quiet";
  const width = Math.min(3, 1.5 + Math.log10(1 + traffic.perMinute) / 2);
  return (
    <g className={cn("pipe", faded && "opacity-30")} data-tone={tone} data-motion={motion}>
      <BaseEdge
        path={d}
        interactionWidth={12}
        style={{ strokeWidth: width }}
        markerEnd={back ? undefined : `url(#khotan-arrow-${tone})`}
        markerStart={back ? `url(#khotan-arrow-${tone})` : undefined}
      />
      {pulse && <path d={d} className="pulse" data-back={back || undefined} />}
      <text x={labelX} y={labelY} className="label far-hide" textAnchor="middle" dominantBaseline="central">
        {failing ? figures.share(traffic.errorShare) : figures.rate(traffic.perMinute)}
      </text>
    </g>
  );
});

/** The arrow heads, once per tone. */
export function ArrowHeads() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs>
        {(["quiet", "failing", "traced"] as const).map((tone) => (
          <marker
            key={tone}
            id={`khotan-arrow-${tone}`}
            className="pipe"
            data-tone={tone}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0.5 0.5 7.5 4 0.5 7.5z" className="head" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
