import { Hono } from "hono";
import { z } from "zod";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import { pageSize, query } from "../paging/list-query.ts";
import type { EventLog } from "./event-log.ts";
import { EVENT_TYPES, isEventPattern, wants } from "./event-types.ts";

const eventQuery = z.object({
  type: z.string().refine(isEventPattern, "Unknown event type").default("*"),
  since: z.iso.datetime({ offset: true }).optional(),
  starting_after: z.string().optional(),
  limit: pageSize,
});

/** `GET /events`, oldest first: the last 1,000 events, whether or not anybody was subscribed. */
export function eventRoutes(log: EventLog): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/types", (c) => c.json({ data: EVENT_TYPES }));
  app.get("/", (c) => {
    const { type, since, starting_after: startingAfter, limit } = query(c, eventQuery);
    const from = since === undefined ? "" : new Date(since).toISOString();
    const all = log.list();
    const start = startingAfter === undefined ? 0 : all.findIndex((event) => event.id === startingAfter) + 1;
    if (startingAfter !== undefined && start === 0)
      throw new ApiProblem(400, "invalid_cursor", "There is no such event to start after.");
    const matching = all.slice(start).filter((event) => wants(type, event.type) && event.timestamp >= from);
    return c.json({ data: matching.slice(0, limit), has_more: matching.length > limit });
  });
  return app;
}
