import { Handle, Position } from "@xyflow/react";
import type { ReactNode } from "react";
import { cn } from "../../../components/ui/cn.ts";
import type { TopologyHealth } from "../../../contract/index.ts";
import { Dot, type DotTone } from "../../parts/dot.tsx";
import { HEAD, PORT } from "../graph/node-size.ts";

const DOTS: Record<TopologyHealth, DotTone> = { ok: "ok", warn: "retry", bad: "bad", running: "running", off: "off" };

const BORDERS: Record<TopologyHealth, string> = {
  ok: "",
  warn: "border-st-retry-line",
  bad: "border-st-failed-line",
  running: "border-st-running-line",
  off: "border-dashed",
};

interface NodeCardProps {
  readonly health: TopologyHealth;
  readonly selected: boolean;
  readonly faded: boolean;
  readonly children: ReactNode;
}

/** The card that every node of the canvas is. */
export function NodeCard({ health, selected, faded, children }: NodeCardProps) {
  return (
    <div
      data-slot="node"
      data-health={health}
      className={cn(
        "size-full rounded-md border border-border-strong bg-card text-left shadow-sm transition-opacity duration-90",
        BORDERS[health],
        selected && "border-primary ring-4 ring-primary/15",
        faded && "opacity-35",
      )}
    >
      {children}
    </div>
  );
}

interface NodeHeadProps {
  readonly tile: ReactNode;
  readonly title: string;
  readonly subtitle: string;
  readonly health: TopologyHealth;
  readonly healthText: string;
}

export function NodeHead({ tile, title, subtitle, health, healthText }: NodeHeadProps) {
  return (
    <div className="flex items-center gap-2.5 px-2.5" style={{ height: HEAD - 2 }}>
      {tile}
      <div className="min-w-0 flex-1 leading-4">
        <div className="truncate text-sm leading-4.5 font-medium">{title}</div>
        <div className="far-hide truncate text-xs text-muted-foreground">{subtitle}</div>
      </div>
      <Dot tone={DOTS[health]} />
      <span className="sr-only">{healthText}</span>
    </div>
  );
}

interface PortRowProps {
  readonly id: string;
  readonly side: "left" | "right";
  readonly index: number;
  readonly children: ReactNode;
}

/** A row of a node that an edge starts or ends at. */
export function PortRow({ id, side, index, children }: PortRowProps) {
  return (
    <div
      className="far-hide flex items-center gap-1.5 border-t px-2.5 text-xs text-muted-foreground tabular-nums"
      style={{ height: PORT }}
    >
      <Port id={id} side={side} top={HEAD + PORT * index + PORT / 2 - 1} />
      {children}
    </div>
  );
}

export function Port({ id, side, top }: { id: string; side: "left" | "right"; top?: number }) {
  const source = side === "right";
  return (
    <Handle
      id={id}
      type={source ? "source" : "target"}
      position={source ? Position.Right : Position.Left}
      isConnectable={false}
      style={top === undefined ? undefined : { top }}
      className="size-px! min-h-0! min-w-0! border-0! bg-transparent!"
    />
  );
}
