import { encodeId } from "../../../contract/index.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { followRun, type RunNews } from "../../runs/follow-run.ts";
import { listRuns } from "../../runs/list-runs.ts";
import { readRun } from "../../runs/read-run.ts";
import { requireRun } from "../../runs/require-run.ts";
import { retryRun } from "../../runs/retry-run.ts";
import type { StreamedEvent } from "../event-stream.ts";
import type { Handlers } from "../route-handler.ts";
import { stillMay } from "../still-may.ts";

export const runRoutes: Pick<Handlers, "listRuns" | "getRun" | "streamRun" | "cancelRun" | "retryRun"> = {
  listRuns: ({ engine, principal, query }) => listRuns(engine, principal, query),

  getRun: ({ engine, principal, params }) => readRun(engine, principal, params.id),

  streamRun: async ({ engine, principal, params, request, streams }) => {
    // Asked for here as well, so that a run that does not exist is a 404 and not an empty stream.
    await requireRun(engine, principal, params.id);
    const last = request.headers.get("last-event-id") ?? "";
    const afterSeq = /^\d{1,15}$/.test(last) ? Number(last) : null;
    return streams.open({
      request,
      stillAllowed: () => stillMay(engine, principal, request),
      items: (signal) => toEvents(followRun(engine, principal, { runId: params.id, afterSeq, signal })),
    });
  },

  cancelRun: async ({ engine, principal, params, requestId }) => {
    const { uuid } = await requireRun(engine, principal, params.id);
    await cancelRun(engine, { runId: uuid, actor: principal, requestId });
    return (await requireRun(engine, principal, params.id)).run;
  },

  retryRun: async ({ engine, principal, params, requestId }) => {
    const { uuid } = await requireRun(engine, principal, params.id);
    const { runId, deliveryId } = await retryRun(engine, { runId: uuid, actor: principal, requestId });
    return {
      runId: runId && encodeId("run", runId),
      deliveryId: deliveryId && encodeId("delivery", deliveryId),
    };
  },
};

/** Only lines carry an id: they are what a stream resumes after. */
async function* toEvents(
  news: AsyncGenerator<RunNews, void, undefined>,
): AsyncGenerator<StreamedEvent, void, undefined> {
  for await (const item of news) {
    switch (item.kind) {
      case "run":
        yield { event: "run", data: item.run };
        break;
      case "log":
        yield { event: "log", data: item.line, id: String(item.line.seq) };
        break;
      case "end":
        yield { event: "end", data: { status: item.status } };
    }
  }
}
