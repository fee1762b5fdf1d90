import { useEffect, useState } from "react";
import type { LayoutInput, Positions } from "../graph/layout-graph.ts";
import type { LayoutAnswer, LayoutRequest } from "../graph/layout-worker.ts";

/**
 * Where the nodes stand, worked out in a web worker. The former places stay until the new ones are there.
 * Where a page may not start workers, the work is done here.
 */
export function useLayout(input: LayoutInput): Positions | null {
  const [positions, setPositions] = useState<Positions | null>(null);
  // Figures change all the time, places only when what is connected changes.
  const structure = JSON.stringify(input);
  useEffect(() => {
    const wanted: LayoutInput = JSON.parse(structure);
    let over = false;
    const take = (found: Positions) => {
      if (!over) setPositions(found);
    };
    const here = () => void import("../graph/layout-graph.ts").then(({ layoutGraph }) => take(layoutGraph(wanted)));
    const worker = startWorker();
    if (!worker) here();
    else {
      worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => take(data.positions));
      worker.addEventListener("error", here, { once: true });
      const request: LayoutRequest = { id: 0, input: wanted };
      worker.postMessage(request);
    }
    return () => {
      over = true;
      worker?.terminate();
    };
  }, [structure]);
  return positions;
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL("../graph/layout-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null; // a content security policy without workers
  }
}
