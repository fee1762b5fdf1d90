import { readRunHistogram } from "../../runs/read-run-histogram.ts";
import type { Handlers } from "../route-handler.ts";

export const runHistogramRoutes: Pick<Handlers, "getRunHistogram"> = {
  getRunHistogram: ({ engine, principal, query }) => readRunHistogram(engine, principal, query),
};
