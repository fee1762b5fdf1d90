import { readTopology } from "../../topology/read-topology.ts";
import type { Handlers } from "../route-handler.ts";

export const topologyRoutes: Pick<Handlers, "getTopology"> = {
  getTopology: ({ engine, principal, query }) => readTopology(engine, principal, query),
};
