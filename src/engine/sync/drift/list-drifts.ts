import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { z } from "zod";
import { type Api, encodeId, type ListedDriftRecord, type Principal } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { decodeCursor, type Page, toPage } from "../../database/keyset.ts";
import { flowDrifts, flows } from "../../database/schema/index.ts";
import { seenBy } from "../../database/seen-by.ts";
import { requireFlow } from "../../flows/require-flow.ts";
import { driftRecord } from "./flow-drift.ts";

/** How sources changed their looks, over all flows, newest first. @throws KhotanError `invalid_cursor`, `not_found` for an unknown flow */
export async function listDrifts(
  engine: Pick<Engine, "adapter" | "registry">,
  principal: Principal,
  query: z.output<Api["listDrifts"]["query"]>,
): Promise<Page<ListedDriftRecord>> {
  const flow = query.flow === undefined ? undefined : requireFlow(engine, query.flow).id;
  const found = await engine.adapter.db
    .select({ drift: flowDrifts, id: flowDrifts.id, plug: flows.plug, flow: flows.name })
    .from(flowDrifts)
    .innerJoin(flows, eq(flows.id, flowDrifts.flowId))
    .where(
      and(
        seenBy(principal, flowDrifts.tenant),
        flow ? eq(flowDrifts.flowId, flow) : undefined,
        query.tenant ? eq(flowDrifts.tenant, query.tenant) : undefined,
        query.status ? inArray(flowDrifts.status, query.status) : undefined,
        query.cursor ? lt(flowDrifts.id, decodeCursor("drifts", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(flowDrifts.id))
    .limit(query.limit + 1);
  return toPage("drifts", found, query.limit, ({ drift, plug, flow: name }) => ({
    ...driftRecord(drift),
    flowId: encodeId("flow", drift.flowId),
    flow: name,
    plug,
  }));
}
