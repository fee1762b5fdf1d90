import { readSeries } from "../../rollups/read-series.ts";
import { readSeriesList } from "../../rollups/read-series-list.ts";
import { readTotals } from "../../rollups/read-totals.ts";
import type { Handlers } from "../route-handler.ts";

export const rollupRoutes: Pick<Handlers, "getSeries" | "listSeries" | "listTotals"> = {
  getSeries: ({ engine, principal, query }) => readSeries(engine, principal, query),

  listSeries: ({ engine, principal, query }) => readSeriesList(engine, principal, query),

  listTotals: async ({ engine, principal, query }) => ({
    items: (await readTotals(engine, principal, query)).map(({ histogram: _, ...totals }) => totals),
  }),
};
