import { type LayoutInput, layoutGraph, type Positions } from "./layout-graph.ts";

/** Lays graphs out off the main thread, so that a large one never holds the page. */
export interface LayoutRequest {
  readonly id: number;
  readonly input: LayoutInput;
}
export interface LayoutAnswer {
  readonly id: number;
  readonly positions: Positions;
}

addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = { id: data.id, positions: layoutGraph(data.input) };
  postMessage(answer);
});
