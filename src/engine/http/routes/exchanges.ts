import { listExchanges } from "../../exchanges/list-exchanges.ts";
import { readExchange } from "../../exchanges/read-exchange.ts";
import type { Handlers } from "../route-handler.ts";

export const exchangeRoutes: Pick<Handlers, "listExchanges" | "getExchange"> = {
  listExchanges: ({ engine, principal, query }) => listExchanges(engine, principal, query),

  getExchange: ({ engine, principal, params }) => readExchange(engine, principal, params.id),
};
